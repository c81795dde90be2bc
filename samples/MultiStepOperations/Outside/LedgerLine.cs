namespace MultiStepOperations;

/// <summary>One call that reached the outside world.</summary>
/// <param name="Username">Who signs up.</param>
/// <param name="Place">Where the call arrived: the step that made it, or the connection to the caller.</param>
/// <param name="Answer">What came of it.</param>
/// <param name="Token">The idempotency token; null for the connection, which needs none.</param>
public sealed record LedgerLine(string Username, string Place, Answer Answer, Guid? Token = null);
