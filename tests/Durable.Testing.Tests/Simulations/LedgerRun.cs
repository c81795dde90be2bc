using Durable.Storage;

namespace Durable.Testing.Tests.Simulations;

/// <summary>What a run must look like to everybody, by what the store has acknowledged or taken.</summary>
/// <param name="record">The run as created.</param>
internal sealed class LedgerRun(RunRecord record)
{
    private readonly List<CheckpointRecord> _checkpoints = [];
    private readonly Dictionary<string, int> _live = [];

    /// <summary>The run as it must read.</summary>
    public RunRecord Record { get; private set; } = record;

    /// <summary>Until when nobody else may claim it.</summary>
    public DateTimeOffset LeaseUntil { get; set; }

    /// <summary>When it was claimed last.</summary>
    public DateTimeOffset ClaimedAt { get; private set; }

    /// <summary>The failing set of its last outcome.</summary>
    public IReadOnlyList<long> FailingSet { get; private set; } = [];

    public IReadOnlyList<CheckpointRecord> Checkpoints => _checkpoints;

    public bool IsHeldBy(long epoch) => Record.Status == RunStatus.Running && Record.Epoch == epoch;

    /// <summary>True when the outcome of a step is stored.</summary>
    public bool HasOutcomeOf(string stepId) => _live.ContainsKey(stepId);

    public void Claimed(RunRecord claimed, DateTimeOffset now, DateTimeOffset until)
    {
        ClaimedAt = now;
        Record = Record with { Status = RunStatus.Running, Epoch = claimed.Epoch, Worker = claimed.Worker, WakesAt = null };
        LeaseUntil = until;
    }

    /// <summary>True when somebody may claim it.</summary>
    public bool IsDue(DateTimeOffset now) => Record.Status switch
    {
        RunStatus.Pending => true,
        RunStatus.Running => LeaseUntil <= now,
        RunStatus.Suspended => Record.WakesAt <= now,
        _ => false,
    };

    /// <summary>The last failed attempt of a step, as far as it still counts; null for none.</summary>
    public CheckpointRecord? FailedAttemptOf(string stepId)
        => _checkpoints.FindLast(checkpoint => checkpoint.StepId == stepId && checkpoint is { Kind: CheckpointKind.StepAttempt, Status: not CheckpointStatus.Cleared });

    /// <summary>Takes the checkpoints of a commit; what is wrong with it, or null.</summary>
    public string? Commit(RunCommit commit, DateTimeOffset now)
    {
        foreach (var checkpoint in commit.Checkpoints)
        {
            if (checkpoint.Sequence != Record.LastSequence + 1)
                return $"sequence {checkpoint.Sequence} follows {Record.LastSequence}";
            // An outcome that is carried over to another place in the order keeps the epoch that executed it.
            var isCarriedOver = Record.AcceptDivergence && _live.ContainsKey(checkpoint.StepId);
            if (checkpoint.Epoch != commit.Epoch && !isCarriedOver)
                return $"{checkpoint.StepId} is stored with epoch {checkpoint.Epoch} by epoch {commit.Epoch}";
            _checkpoints.Add(CommitRules.Stamp(checkpoint, now));
            Record = Record with { LastSequence = checkpoint.Sequence };
            if (checkpoint.Kind == CheckpointKind.Step)
                _live[checkpoint.StepId] = _live.GetValueOrDefault(checkpoint.StepId) + 1;
        }

        Clear(commit.Cleared);
        if (_live.FirstOrDefault(step => step.Value > 1).Key is { } twice)
            return $"{twice} has two outcomes";
        return null;
    }

    /// <summary>Its holder lets go of it.</summary>
    public void LetGo(RunTransition transition, DateTimeOffset now)
    {
        switch (transition.Status)
        {
            case RunStatus.Pending:
                Record = Record with { Status = RunStatus.Pending };
                break;
            case RunStatus.Suspended:
                Clear(transition.FailingSet);
                Record = Record with { Status = RunStatus.Suspended, WakesAt = CommitRules.DueAt(now, transition.Wait!.Value), Attempt = Record.Attempt + (transition.IsNextAttempt ? 1 : 0) };
                break;
            default:
                FailingSet = transition.FailingSet;
                Record = Record with { Status = transition.Status, Result = transition.Result, Error = transition.Error, EndedAt = now, AcceptDivergence = false };
                break;
        }
    }

    /// <summary>True when what was committed does not know of the cancellation.</summary>
    public bool Refuses(RunCommit commit) => !Record.Cancellation.IsEmpty && !commit.KnowsCancellation;

    /// <summary>Somebody asked for it to be canceled.</summary>
    public void CancelRequested(ReadOnlyMemory<byte> error)
    {
        if (Record.Status is not (RunStatus.Pending or RunStatus.Running or RunStatus.Suspended) || !Record.Cancellation.IsEmpty)
            return;
        Record = Record with { Cancellation = error };
        if (Record.Status == RunStatus.Suspended)
            Record = Record with { Status = RunStatus.Pending, WakesAt = null };
    }

    public void Resumed(bool acceptDivergence)
    {
        Clear(FailingSet);
        FailingSet = [];
        Record = Record with { Status = RunStatus.Pending, Attempt = Record.Attempt + 1, AcceptDivergence = acceptDivergence, Error = default, Cancellation = default, EndedAt = null };
    }

    private void Clear(IReadOnlyList<long> sequences)
    {
        foreach (var sequence in sequences)
        {
            var index = _checkpoints.FindIndex(checkpoint => checkpoint.Sequence == sequence);
            if (index < 0 || _checkpoints[index].Status == CheckpointStatus.Cleared)
                continue;
            var cleared = _checkpoints[index];
            _checkpoints[index] = cleared with { Status = CheckpointStatus.Cleared };
            if (cleared.Kind == CheckpointKind.Step && --_live[cleared.StepId] == 0)
                _live.Remove(cleared.StepId);
        }
    }
}
