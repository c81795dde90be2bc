using Durable.Storage;

namespace Durable.Execution;

/// <summary>What the checkpoints say to a durable call.</summary>
internal readonly record struct ReplayAnswer
{
    private ReplayAnswer(CheckpointRecord? record, bool argumentsChanged, string? divergence)
    {
        Record = record;
        ArgumentsChanged = argumentsChanged;
        Divergence = divergence;
    }

    /// <summary>There is no checkpoint: the call is new.</summary>
    public static ReplayAnswer New => default;

    /// <summary>The recorded outcome; null for a new call.</summary>
    public CheckpointRecord? Record { get; }

    /// <summary>True when the stored outcome is used although the arguments differ, which has not been noted yet.</summary>
    public bool ArgumentsChanged { get; }

    /// <summary>Why the run must be set aside; null when it need not.</summary>
    public string? Divergence { get; }

    public static ReplayAnswer Recorded(CheckpointRecord record, bool argumentsChanged) => new(record, argumentsChanged, null);

    public static ReplayAnswer Diverged(string message) => new(null, false, message);
}
