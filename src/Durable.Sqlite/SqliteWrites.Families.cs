using Durable.Storage;

namespace Durable.Sqlite;

// What the end of a run, or its new beginning, means for those around it.
internal sealed partial class SqliteWrites
{
    private readonly LateStatement _findStatus;
    private readonly LateStatement _livingChildren;
    private readonly LateStatement _continueRun;
    private readonly LateStatement _removeCheckpoints;

    private void GoOnAnew(StoredRun run, string runId, ContinuedRun continuation, DateTimeOffset now)
    {
        var record = _rows.Sound(run, runId) with { Workflow = continuation.Workflow, Input = continuation.Input };
        _removeCheckpoints.Value.Bind(1, run.Number);
        _removeCheckpoints.Value.Execute();
        if (run.HasNotes)
            _inbox.KeepSignals(run.Number);
        if (run.MayHave(RunBelongings.Requests))
            _requests.CloseAll(run.Number);
        var notes = run.Notes ?? new RunNotes(run.Number);
        _inbox.Write(notes with { Generation = notes.Generation + 1, ContinuedAt = now, Dropped = 0 });

        var goesOn = _continueRun.Value;
        goesOn.Bind(1, run.Number);
        goesOn.Bind(2, record.Workflow.Name);
        goesOn.Bind(3, record.Workflow.Version);
        goesOn.Bind(4, record.Input);
        goesOn.Bind(5, RowChecksum.OfInput(record, run.ParentNumber));
        goesOn.Bind(6, (run.State with { Status = RunStatus.Pending, Attempt = 1, LastSequence = 0, AcceptDivergence = false, Takeovers = 0, ClaimedSequence = 0 }).Checksum);
        goesOn.Bind(7, now);
        goesOn.Execute();
    }

    // The run has ended: nobody need answer it, its parent is told, and its children follow, and theirs. No recursion: there may be many generations.
    private void CloseAround(StoredRun first, DateTimeOffset now)
    {
        if (first is { HasNotes: false, ParentNumber: null })
            return;
        var ended = new Queue<StoredRun>([first]);
        while (ended.TryDequeue(out var run))
        {
            if (run.MayHave(RunBelongings.Requests))
                _requests.CloseAll(run.Number);
            if (run.ParentNumber is { } parent)
                Tell(parent, run.Record.RunId, now);
            if (!run.MayHave(RunBelongings.Children))
                continue;
            foreach (var number in LivingChildren(run.Number))
            {
                if (Follow(number, run.Record.RunId, now) is { } child)
                    ended.Enqueue(child);
            }
        }
    }

    // A parent that is damaged does not keep its child from ending.
    private void Tell(long parent, string childId, DateTimeOffset now)
    {
        _findStatus.Value.Bind(1, parent);
        if (!_findStatus.Value.Read())
            return;
        var status = (RunStatus)_findStatus.Value.Int(0);
        _findStatus.Value.Reset();
        if (HasEnded(status))
            return;
        try
        {
            Deliver(_inbox.Notes(parent, () => ""), status, new InboxMessage { Position = 0, Kind = InboxMessageKind.ChildEnded, Name = childId, SentAt = now });
        }
        catch (RunDamagedException)
        {
            if (status == RunStatus.Suspended && Find(parent) is { } run)
                Release(run, run.Record.LastSequence, new RunTransition { Status = RunStatus.Pending }, now);
        }
    }

    /// <summary>Does with a child what its policy says. One that is damaged is left to the operator who will find it.</summary>
    /// <returns>The child if that ended it.</returns>
    private StoredRun? Follow(long number, string parentId, DateTimeOffset now)
    {
        if (Find(number) is not { Damage: null, Record.Parent: { } link } child || link.ClosePolicy == ParentClosePolicy.Abandon)
            return null;
        var why = MessageRules.ParentEnded(parentId);
        if (link.ClosePolicy == ParentClosePolicy.Cancel)
        {
            Cancel(child, why, now);
            return null;
        }

        WriteEnd(child, child.Record.LastSequence, Termination(why), now);
        return child;
    }

    private List<long> LivingChildren(long parent)
    {
        var children = new List<long>();
        _livingChildren.Value.Bind(1, parent);
        while (_livingChildren.Value.Read())
            children.Add(_livingChildren.Value.Long(0));
        return children;
    }

    private static RunTransition Termination(ReadOnlyMemory<byte> error) => new() { Status = RunStatus.Canceled, Error = error, IsFinal = true };
}
