namespace MultiStepOperations;

/// <summary>The calls of a situation, and the ledger's lines about it: the promises kept or broken.</summary>
public sealed record SituationResult(Situation Situation, IReadOnlyList<Call> Calls, IReadOnlyList<LedgerLine> Ledger)
{
    /// <summary>What is not as promised; empty when all is well.</summary>
    public IEnumerable<string> Complaints => [.. Answered(), .. RanAgain(), .. CreatedOnce(), .. Struck()];

    private IEnumerable<string> Answered()
    {
        if (Calls[^1].Answer is null)
            yield return $"{Situation.Name}: no call was answered: {Calls[^1].Error}";
    }

    private IEnumerable<string> RanAgain()
        => from call in Calls
           from step in call.Before.Recorded
           where call.Bodies(step) > 0
           select $"{Situation.Name}: {step} was recorded before call {call.Number}, and its body ran {call.Bodies(step)} time(s) during it.";

    private IEnumerable<string> CreatedOnce()
        => from step in StepNames.All
           let created = Ledger.Count(line => line.Place == step && line.Answer == Answer.Created)
           where created != 1
           select $"{Situation.Name}: the ledger shows {created} creations by {step} for {Situation.Username} instead of one.";

    private IEnumerable<string> Struck()
    {
        if (!Ledger.Any(line => line.Place == Situation.TroubledPlace && line.Answer is Answer.Refused or Answer.Lost))
            yield return $"{Situation.Name}: the trouble never struck.";
    }
}
