namespace MultiStepOperations;

/// <summary>What the user asked for on the command line.</summary>
public sealed record Settings
{
    public required string Store { get; init; }
    public required string Ledger { get; init; }
    public required IReadOnlyList<Situation> Situations { get; init; }

    /// <summary>True to die where the trouble strikes, instead of getting an exception.</summary>
    public required bool Kill { get; init; }
}
