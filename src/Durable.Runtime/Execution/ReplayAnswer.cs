using Durable.Storage;

namespace Durable.Execution;

/// <summary>What the checkpoints say to a durable call.</summary>
internal readonly record struct ReplayAnswer
{
    private ReplayAnswer(CheckpointRecord? record, StepProgress? progress = null, bool argumentsChanged = false, bool isCarriedOver = false, string? divergence = null)
    {
        Record = record;
        Progress = progress;
        ArgumentsChanged = argumentsChanged;
        IsCarriedOver = isCarriedOver;
        Divergence = divergence;
    }

    /// <summary>The recorded outcome; null for a call that has none.</summary>
    public CheckpointRecord? Record { get; }

    /// <summary>What is recorded of the step besides an outcome; null for nothing.</summary>
    public StepProgress? Progress { get; }

    /// <summary>True when the stored outcome is used although the arguments differ, which has not been noted yet.</summary>
    public bool ArgumentsChanged { get; }

    /// <summary>True when the outcome is recorded for a place in the order that the code, accepted as it is now, has passed over: it is stored again, behind everything else, and its body does not run again.</summary>
    public bool IsCarriedOver { get; }

    /// <summary>Why the run must be set aside; null when it need not.</summary>
    public string? Divergence { get; }

    /// <summary>Nothing is recorded of the call.</summary>
    public static ReplayAnswer New => default;

    /// <summary>There is no outcome: the step is to be run, or run on.</summary>
    public static ReplayAnswer Open(StepProgress? progress) => new(null, progress);

    public static ReplayAnswer Recorded(CheckpointRecord record, StepProgress? progress, bool argumentsChanged) => new(record, progress, argumentsChanged);

    public static ReplayAnswer CarriedOver(CheckpointRecord record, StepProgress? progress) => new(record, progress, isCarriedOver: true);

    public static ReplayAnswer Diverged(string message) => new(null, divergence: message);
}
