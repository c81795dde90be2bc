using Durable.Storage;

namespace Durable.Execution;

/// <summary>What the checkpoints say to a durable call.</summary>
internal readonly record struct ReplayAnswer
{
    private ReplayAnswer(CheckpointRecord? record, bool argumentsChanged = false, bool isCarriedOver = false, string? divergence = null)
    {
        Record = record;
        ArgumentsChanged = argumentsChanged;
        IsCarriedOver = isCarriedOver;
        Divergence = divergence;
    }

    /// <summary>There is no checkpoint: the call is new.</summary>
    public static ReplayAnswer New => default;

    /// <summary>The recorded outcome; null for a new call.</summary>
    public CheckpointRecord? Record { get; }

    /// <summary>True when the stored outcome is used although the arguments differ, which has not been noted yet.</summary>
    public bool ArgumentsChanged { get; }

    /// <summary>True when the outcome is recorded for a place in the order that the code, accepted as it is now, has passed over: it is stored again, behind everything else, and its body does not run again.</summary>
    public bool IsCarriedOver { get; }

    /// <summary>Why the run must be set aside; null when it need not.</summary>
    public string? Divergence { get; }

    public static ReplayAnswer Recorded(CheckpointRecord record, bool argumentsChanged) => new(record, argumentsChanged);

    public static ReplayAnswer CarriedOver(CheckpointRecord record) => new(record, isCarriedOver: true);

    public static ReplayAnswer Diverged(string message) => new(null, divergence: message);
}
