namespace Durable.Storage;

/// <summary>Somebody sends a signal to a run.</summary>
public sealed record NewSignal
{
    /// <summary>The run.</summary>
    public required string RunId { get; init; }

    /// <summary>The signal's name.</summary>
    public required string Name { get; init; }

    /// <summary>What the sender tells one sending from another by: a second one with the same id is not accepted again, whatever its name and payload. Null for none.</summary>
    public string? MessageId { get; init; }

    /// <summary>What is sent; may be empty.</summary>
    public ReadOnlyMemory<byte> Payload { get; init; }
}

/// <summary>What became of a signal.</summary>
public enum SignalVerdict
{
    /// <summary>It is in the run's inbox.</summary>
    Accepted = 0,

    /// <summary>One with this message id was accepted before. Nothing is written.</summary>
    Duplicate = 1,

    /// <summary>There is no such run.</summary>
    RunNotFound = 2,

    /// <summary>The run completed, failed or was canceled. Nothing is written.</summary>
    RunEnded = 3,

    /// <summary>As many signals as a run may have (<see cref="DurableLimits.MaxSignalsWaiting"/>) wait in the inbox. Nothing is written.</summary>
    InboxFull = 4,
}
