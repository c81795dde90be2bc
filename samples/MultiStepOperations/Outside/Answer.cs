namespace MultiStepOperations;

/// <summary>What came of a call, as the ledger notes it.</summary>
public enum Answer
{
    /// <summary>The service did what it was asked.</summary>
    Created,

    /// <summary>The service had done it before for the same token, and did nothing.</summary>
    Known,

    /// <summary>The service was down and did nothing.</summary>
    Refused,

    /// <summary>The caller got the result.</summary>
    Delivered,

    /// <summary>The result was on its way to the caller when the connection broke.</summary>
    Lost,
}
