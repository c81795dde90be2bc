namespace Durable;

/// <summary>More branches of a map failed than may (<see cref="MapOptions"/>). Its inner exception is the first failure. The same on first run and on every replay.</summary>
public sealed class MapFailedException : DurableException
{
    internal MapFailedException(string name, MapOutcome outcome, MapItem first)
        : base($"Map '{name}' failed: {outcome.Count(BranchStatus.Failed)} of {outcome.Items.Count} branch(es) failed, first '{first.Key}': {first.Error!.Message}", first.Error)
        => Outcome = outcome;

    /// <summary>What became of each item: a <see cref="MapOutcome{TItem}"/> or <see cref="MapOutcome{TItem, TResult}"/> of the map's types.</summary>
    public MapOutcome Outcome { get; }
}
