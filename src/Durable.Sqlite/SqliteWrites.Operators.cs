using System.Globalization;
using Durable.Storage;

namespace Durable.Sqlite;

// What people decide about one run, whoever holds it.
internal sealed partial class SqliteWrites
{
    public RunStatus? Resume(ResumeRequest request, DateTimeOffset now)
    {
        if (Find(request.RunId) is not { } run)
            return null;
        var record = _rows.Sound(run, request.RunId);
        if (record.IsFinal || record.Status is not (RunStatus.Failed or RunStatus.Canceled or RunStatus.Quarantined))
            return record.Status;

        foreach (var sequence in run.FailingSet.Split(',', StringSplitOptions.RemoveEmptyEntries))
            Clear(run.Number, request.RunId, long.Parse(sequence, CultureInfo.InvariantCulture));
        GoOn(run, record.LastSequence, request.AcceptDivergence, now);
        return record.Status;
    }

    public bool Decide(StepDecision decision, DateTimeOffset now)
    {
        if (Find(decision.RunId) is not { } run)
            return false;
        var record = _rows.Sound(run, decision.RunId);
        if (record.IsFinal || record.Epoch != decision.Epoch || record.Attempt != decision.Attempt
            || record.Status is not (RunStatus.Failed or RunStatus.Canceled or RunStatus.Quarantined or RunStatus.Suspended))
            return false;

        var last = record.LastSequence;
        if (decision.Outcome is { } outcome)
        {
            Decide(run, outcome);
            last = Math.Max(last, outcome.Sequence);
        }

        foreach (var sequence in decision.Cleared)
            Clear(run.Number, decision.RunId, sequence);
        if (record.Status == RunStatus.Suspended)
            Release(run, last, new RunTransition { Status = RunStatus.Pending }, now);
        else
            GoOn(run, last, acceptDivergence: false, now);
        return true;
    }

    public RunStatus? Cancel(CancelRequest request, DateTimeOffset now)
    {
        if (Find(request.RunId) is not { } run)
            return null;
        _rows.Sound(run, request.RunId);
        Cancel(run, request.Error, now);
        return run.Record.Status;
    }

    private void Cancel(StoredRun run, ReadOnlyMemory<byte> error, DateTimeOffset now)
    {
        var record = run.Record;
        if (!record.Cancellation.IsEmpty || record.Status is not (RunStatus.Pending or RunStatus.Running or RunStatus.Suspended))
            return;

        var waits = record.Status == RunStatus.Suspended;
        var noted = run.State with { Status = waits ? RunStatus.Pending : record.Status, Cancellation = error };
        _cancelRun.Bind(1, run.Number);
        _cancelRun.Bind(2, error);
        _cancelRun.Bind(3, (long)noted.Status);
        if (waits)
            _cancelRun.Bind(4, now);
        else
            _cancelRun.BindNull(4);
        _cancelRun.Bind(5, noted.Checksum);
        _cancelRun.Execute();
    }

    /// <summary>Ends a run as canceled, for good. One that is damaged too: this is how an operator puts it away.</summary>
    public RunStatus? Terminate(TerminateRequest request, DateTimeOffset now)
    {
        if (Find(request.RunId) is not { } run)
            return null;
        var found = run.Record.Status;
        if (run.IsStateSound && found is RunStatus.Completed or RunStatus.Failed or RunStatus.Canceled)
            return found;
        PutAway(run, Termination(request.Error), now);
        return found;
    }

    // However damaged it is: from here on its end is what it says of itself, and that is sound.
    private void PutAway(StoredRun run, RunTransition transition, DateTimeOffset now)
        => End(run with { IsStateSound = true }, run.Record.LastSequence, transition, now);

    private void Decide(StoredRun run, CheckpointRecord outcome)
    {
        var write = outcome.Sequence > run.Record.LastSequence ? _addCheckpoint : _replaceCheckpoint;
        if (Write(write, run.Number, CommitRules.Stamp(outcome, now: default)) == 0)
            throw CommitRules.NotAboveLast(run.Record.RunId, outcome.Sequence, run.Record.LastSequence);
    }

    // Where a run goes on that has ended, in its next attempt.
    private void GoOn(StoredRun run, long last, bool acceptDivergence, DateTimeOffset now)
    {
        _resumeRun.Bind(1, run.Number);
        _resumeRun.Bind(2, acceptDivergence ? 1 : 0);
        _resumeRun.Bind(3, now);
        _resumeRun.Bind(4, (run.State with
        {
            Status = RunStatus.Pending,
            Attempt = run.Record.Attempt + 1,
            LastSequence = last,
            AcceptDivergence = acceptDivergence,
            EndedAt = null,
            Error = default,
            FailingSet = "",
            Cancellation = default,
            Takeovers = 0,
        }).Checksum);
        _resumeRun.Execute();
    }
}
