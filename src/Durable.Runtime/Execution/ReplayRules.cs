namespace Durable.Execution;

/// <summary>What decides between replay and divergence, besides the checkpoints themselves.</summary>
internal sealed record ReplayRules
{
    /// <summary>The build of the running code.</summary>
    public required string BuildId { get; init; }

    /// <summary>Every durable call is awaited before the next is made: recorded calls must be asked for in their order.</summary>
    public required bool IsSequential { get; init; }

    /// <summary>Code that stands still waits for a checkpoint, and for nothing else.</summary>
    public required bool AwaitsOnlyDurableWork { get; init; }

    /// <summary>What other arguments from another build mean.</summary>
    public required ArgumentMismatch OnArgumentMismatch { get; init; }

    /// <summary>An operator accepted that recorded checkpoints are not asked for: they are cleared instead.</summary>
    public required bool AcceptDivergence { get; init; }
}
