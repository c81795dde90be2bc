using Durable.Storage;

namespace Durable.Execution;

/// <summary>What is recorded of a step besides its outcome: the attempts that failed, and the one that was begun.</summary>
internal sealed class StepProgress
{
    private readonly List<long> _sequences = [];

    /// <summary>The sequences of all that is recorded here.</summary>
    public IReadOnlyList<long> Sequences => _sequences;

    /// <summary>How many attempts have failed.</summary>
    public int Failed { get; private set; }

    /// <summary>What the failed attempts and the delays behind them took.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>The encoded error of the last failed attempt; empty before the first has failed.</summary>
    public ReadOnlyMemory<byte> LastError { get; private set; }

    /// <summary>When the next attempt is due, by the store's clock; null when it is the first.</summary>
    public DateTimeOffset? DueAt { get; private set; }

    /// <summary>The beginning of an attempt that runs at most once and has not ended, as far as is recorded; null without.</summary>
    public CheckpointRecord? Started { get; private set; }

    /// <summary>The beginning of a wait; null for a step.</summary>
    public CheckpointRecord? Wait { get; private set; }

    /// <summary>Takes a note of the step, in sequence order.</summary>
    public void Add(CheckpointRecord note)
    {
        _sequences.Add(note.Sequence);
        switch (note.Kind)
        {
            case CheckpointKind.StepStarted:
                Started = note;
                return;
            case CheckpointKind.WaitStarted:
                Wait = note;
                return;
        }

        Started = null;
        Failed = note.Attempt;
        var wait = note.Wait ?? TimeSpan.Zero;
        Elapsed += Taken(note.StartedAt, note.CompletedAt) + (wait < RetryPolicy.LongestDelay ? wait : RetryPolicy.LongestDelay);
        LastError = note.Error;
        DueAt = note.DueAt;
    }

    /// <summary>What was asked is no longer: it is asked again.</summary>
    public void AskAnew() => Wait = null;

    /// <summary>Takes back the beginning of an attempt: its body does not run.</summary>
    public void TakeBack() => Started = null;

    /// <summary>How long something took by a clock that may have been set back meanwhile.</summary>
    public static TimeSpan Taken(DateTimeOffset from, DateTimeOffset to) => to > from ? to - from : TimeSpan.Zero;
}
