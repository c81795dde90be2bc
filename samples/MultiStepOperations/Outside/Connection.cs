namespace MultiStepOperations;

/// <summary>The way back to the caller, who has the answer only when it is through.</summary>
public sealed class Connection(Ledger ledger, Trouble trouble)
{
    public const string Place = "Connection";

    /// <exception cref="ConnectionLostException">The run has completed, and its caller does not know.</exception>
    public SignUp Deliver(string username, SignUp answer)
    {
        if (Trouble.IsDue(ledger.Read(username), username, Place))
        {
            trouble.Strike(new LedgerLine(username, Place, Answer.Lost));
            throw new ConnectionLostException("The answer got lost on its way.");
        }

        ledger.Append(new LedgerLine(username, Place, Answer.Delivered));
        return answer;
    }
}
