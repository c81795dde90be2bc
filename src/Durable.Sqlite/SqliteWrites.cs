using System.Globalization;
using Durable.Storage;
using Microsoft.Extensions.Logging;
using SQLitePCL;

namespace Durable.Sqlite;

/// <summary>What can be written over the writing connection, inside the writer's transaction.</summary>
internal sealed partial class SqliteWrites : IDisposable
{
    private readonly List<SqliteStatement> _all = [];
    private readonly sqlite3 _database;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _touch;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly SqliteStatement _findRun;
    private readonly SqliteStatement _findRunByNumber;
    private readonly SqliteStatement _findPurgedEpoch;
    private readonly SqliteStatement _createRun;
    private readonly SqliteStatement _waitingRuns;
    private readonly SqliteStatement _expiredRuns;
    private readonly SqliteStatement _awakeRuns;
    private readonly SqliteStatement _claimRun;
    private readonly SqliteStatement _findHeldRun;
    private readonly SqliteStatement _addCheckpoint;
    private readonly SqliteStatement _replaceCheckpoint;
    private readonly SqliteStatement _clearCheckpoint;
    private readonly SqliteStatement _releaseRun;
    private readonly SqliteStatement _endRun;
    private readonly SqliteStatement _renewLease;
    private readonly SqliteStatement _findCheckpoint;
    private readonly SqliteStatement _resumeRun;
    private readonly SqliteStatement _cancelRun;
    private readonly SqliteStatement _freeOrphans;

    private readonly SqliteRows _rows;
    private readonly Lock _snapshotGate;
    private readonly ILogger _logger;

    public SqliteWrites(sqlite3 connection, SqliteRows rows, SqliteDatabase database)
    {
        _database = connection;
        _rows = rows;
        _snapshotGate = database.SnapshotGate;
        _logger = database.Logger;
        _begin = Prepare("BEGIN IMMEDIATE");
        _touch = Prepare(SqliteSql.Touch);
        _commit = Prepare("COMMIT");
        _rollback = Prepare("ROLLBACK");
        _findRun = Prepare(SqliteSql.FindRun);
        _findRunByNumber = Prepare(SqliteSql.FindRunByNumber);
        _findPurgedEpoch = Prepare(SqliteSql.FindPurgedEpoch);
        _createRun = Prepare(SqliteSql.CreateRun);
        _waitingRuns = Prepare(SqliteSql.WaitingRuns);
        _expiredRuns = Prepare(SqliteSql.ExpiredRuns);
        _awakeRuns = Prepare(SqliteSql.AwakeRuns);
        _claimRun = Prepare(SqliteSql.ClaimRun);
        _findHeldRun = Prepare(SqliteSql.FindHeldRun);
        _addCheckpoint = Prepare(SqliteSql.AddCheckpoint);
        _replaceCheckpoint = Prepare(SqliteSql.ReplaceCheckpoint);
        _clearCheckpoint = Prepare(SqliteSql.ClearCheckpoint);
        _releaseRun = Prepare(SqliteSql.ReleaseRun);
        _endRun = Prepare(SqliteSql.EndRun);
        _renewLease = Prepare(SqliteSql.RenewLease);
        _findCheckpoint = Prepare(SqliteSql.FindCheckpoint);
        _resumeRun = Prepare(SqliteSql.ResumeRun);
        _cancelRun = Prepare(SqliteSql.CancelRun);
        _freeOrphans = Prepare(SqliteSql.FreeOrphans);
        _findHead = new LateStatement(Prepare, SqliteMessageSql.FindHead);
        _findStatus = new LateStatement(Prepare, SqliteMessageSql.FindStatus);
        _livingChildren = new LateStatement(Prepare, SqliteMessageSql.LivingChildren);
        _continueRun = new LateStatement(Prepare, SqliteMessageSql.ContinueRun);
        _removeCheckpoints = new LateStatement(Prepare, SqliteSql.PurgeCheckpoints);
        _dropCheckpoint = new LateStatement(Prepare, SqliteMessageSql.DropCheckpoint);
        _inbox = new SqliteInbox(Prepare, rows);
        _requests = new SqliteRequests(Prepare, rows);
        _outputs = new SqliteOutputs(Prepare, rows);
        Purging = new SqlitePurge(Prepare);
    }

    public SqlitePurge Purging { get; }

    public void Begin()
    {
        lock (_snapshotGate)
            _begin.Execute();
        _rows.CheckSchema(_touch);
    }

    public void Commit()
    {
        lock (_snapshotGate)
            _commit.Execute();
    }

    /// <summary>Ends a transaction that failed; SQLite may have ended it already. Does not throw: if it could not, the next transaction cannot begin.</summary>
    public void Rollback()
    {
        foreach (var statement in _all)
            statement.Reset();
        if (raw.sqlite3_get_autocommit(_database) == 0)
            _rollback.TryExecute();
    }

    /// <summary>Lets the file grow to so many pages, or to no more than it has; what needs more meets a full disk. For tests that cannot have a small disk.</summary>
    public int LimitPages(int pages)
    {
        using var limit = new SqliteStatement(_database, $"PRAGMA max_page_count = {pages.ToString(CultureInfo.InvariantCulture)}");
        limit.Read();
        limit.Reset();
        return pages;
    }

    public CreateRunResult Create(NewRun run, DateTimeOffset now)
    {
        var created = Insert(run, parent: null, now);
        return new CreateRunResult(created, _rows.Sound(Find(run.RunId)!, run.RunId));
    }

    private bool Insert(NewRun run, (long Number, RunParent Link)? parent, DateTimeOffset now)
    {
        _findPurgedEpoch.Read();
        var epoch = _findPurgedEpoch.Long(0);
        _findPurgedEpoch.Reset();
        var begun = StoredRun.Begin(run, parent, epoch, now);
        _createRun.Bind(1, run.RunId);
        _createRun.Bind(2, run.Workflow.Name);
        _createRun.Bind(3, run.Workflow.Version);
        _createRun.Bind(4, run.Fingerprint);
        _createRun.Bind(5, now);
        _createRun.Bind(6, run.Input);
        _createRun.Bind(7, RowChecksum.OfInput(begun.Record, begun.ParentNumber));
        _createRun.Bind(8, begun.State.Checksum);
        _createRun.Bind(9, epoch);
        if (begun.Record.Deadline is { } deadline)
            _createRun.Bind(10, deadline);
        else
            _createRun.BindNull(10);
        _createRun.Bind(11, begun.ClaimedSequence);
        _createRun.Bind(12, parent?.Number);
        if (parent?.Link.RunId is { } parentId)
            _createRun.Bind(13, parentId);
        else
            _createRun.BindNull(13);
        _createRun.Bind(14, (long?)parent?.Link.ClosePolicy);
        var created = _createRun.Execute() == 1;
        if (created && run.Checkpoints.Count > 0)
        {
            var number = raw.sqlite3_last_insert_rowid(_database);
            foreach (var checkpoint in run.Checkpoints)
                Write(_addCheckpoint, number, CommitRules.Stamp(checkpoint, now));
        }

        return created;
    }

    public CommitResult Commit(RunCommit commit, DateTimeOffset now)
    {
        if (FindHeld(commit.RunId, commit.Epoch) is not var (number, last, isCancelRequested))
            return CommitResult.Fenced;
        if (isCancelRequested && !commit.KnowsCancellation)
            return CommitResult.CancelRequested;
        if (last < commit.LastSequence)
            throw CommitRules.BelowKnown(commit.RunId, commit.LastSequence.Value, last);
        if (commit.Checkpoints.Count > 0 && commit.Checkpoints[0].Sequence <= last)
            throw CommitRules.NotAboveLast(commit.RunId, commit.Checkpoints[0].Sequence, last);

        foreach (var checkpoint in commit.Checkpoints)
            Write(_addCheckpoint, number, CommitRules.Stamp(checkpoint, now));
        foreach (var sequence in commit.Cleared)
            Clear(number, commit.RunId, sequence);
        if (commit.Checkpoints.Count > 0)
            last = commit.Checkpoints[^1].Sequence;
        if (commit.Effects is { } effects)
            TakeEffect(number, commit.RunId, last, effects, now);
        if (commit.Transition is not { } transition)
            return CommitResult.Committed;
        // What the row says and the holder does not know is in the sum too.
        var run = Find(number)!;
        if (transition.Continuation is { } continuation)
            GoOnAnew(run, commit.RunId, continuation, now);
        else if (transition.Status == RunStatus.Pending)
            Release(run, last, transition, now);
        else if (transition.Status == RunStatus.Suspended)
            Suspend(run, last, transition, now);
        else
            End(run, last, transition, now);
        return CommitResult.Committed;
    }

    public RenewedLeases Renew(LeaseRenewal renewal, DateTimeOffset now)
    {
        var (lost, cancelRequested, messages) = (new List<RunLease>(), new List<RunLease>(), new List<(RunLease, long)>());
        foreach (var lease in renewal.Leases)
        {
            _renewLease.Bind(1, lease.RunId);
            _renewLease.Bind(2, lease.Epoch);
            _renewLease.Bind(3, now + renewal.Lease);
            if (!_renewLease.Read())
            {
                lost.Add(lease);
                continue;
            }

            if (_renewLease.Int(0) != 0)
                cancelRequested.Add(lease);
            if (_renewLease.Long(1) is > 0 and var last)
                messages.Add((lease, last));
            _renewLease.Reset();
        }

        return new RenewedLeases(lost, cancelRequested) { Messages = messages };
    }

    /// <summary>Makes all running runs claimable: whoever held them is dead.</summary>
    /// <returns>How many.</returns>
    public int FreeOrphans(DateTimeOffset now)
    {
        _freeOrphans.Bind(1, now);
        return _freeOrphans.Execute();
    }

    public void Dispose() => _all.ForEach(statement => statement.Dispose());

    private StoredRun? Find(string runId)
    {
        _findRun.Bind(1, runId);
        return _rows.ReadRun(_findRun);
    }

    private StoredRun? Find(long number)
    {
        _findRunByNumber.Bind(1, number);
        return _rows.ReadRun(_findRunByNumber);
    }

    private (long Number, long Last, bool IsCancelRequested)? FindHeld(string runId, long epoch)
    {
        _findHeldRun.Bind(1, runId);
        _findHeldRun.Bind(2, epoch);
        if (!_findHeldRun.Read())
            return null;
        var held = (_findHeldRun.Long(0), _findHeldRun.Long(1), _findHeldRun.Int(2) != 0);
        _findHeldRun.Reset();
        return held;
    }

    private static int Write(SqliteStatement write, long number, CheckpointRecord checkpoint)
    {
        write.Bind(1, number);
        write.Bind(2, checkpoint.Sequence);
        write.Bind(3, checkpoint.StepId);
        write.Bind(4, (long)checkpoint.Kind);
        write.Bind(5, (long)checkpoint.Status);
        write.Bind(6, checkpoint.Attempt);
        write.Bind(7, checkpoint.Epoch);
        write.Bind(8, checkpoint.Fingerprint);
        write.Bind(9, checkpoint.BuildId);
        write.Bind(10, checkpoint.StartedAt);
        write.Bind(11, checkpoint.CompletedAt);
        write.Bind(12, checkpoint.Arguments);
        write.Bind(13, checkpoint.Result);
        write.Bind(14, checkpoint.Error);
        write.Bind(15, RowChecksum.OfCheckpoint(number, checkpoint));
        if (checkpoint is { Wait: { } wait, DueAt: { } dueAt })
        {
            write.Bind(16, wait.Ticks);
            write.Bind(17, dueAt);
        }
        else
        {
            write.BindNull(16);
            write.BindNull(17);
        }

        return write.Execute();
    }

    // Rare, so the row may be read to be summed anew; and what is damaged must not get a checksum that fits.
    private void Clear(long number, string runId, long sequence)
    {
        _findCheckpoint.Bind(1, number);
        _findCheckpoint.Bind(2, sequence);
        if (!_findCheckpoint.Read())
            return;
        CheckpointRecord cleared;
        try
        {
            cleared = _rows.Checkpoint(_findCheckpoint, runId) with { Status = CheckpointStatus.Cleared };
        }
        finally
        {
            _findCheckpoint.Reset();
        }

        _clearCheckpoint.Bind(1, number);
        _clearCheckpoint.Bind(2, sequence);
        _clearCheckpoint.Bind(3, RowChecksum.OfCheckpoint(number, cleared));
        _clearCheckpoint.Execute();
    }

    private void Suspend(StoredRun run, long last, RunTransition transition, DateTimeOffset now)
    {
        if (transition.IsNextAttempt)
        {
            foreach (var sequence in transition.FailingSet)
                Clear(run.Number, run.Record.RunId, sequence);
        }

        // Whoever lets go of it may know less than there is by now.
        if (transition.AwaitsMessagesAfter is not null && run is { HasNotes: true, Notes: null })
            throw _rows.Damaged(run.Record.RunId, run.Damage!);
        if (transition.AwaitsMessagesAfter < run.Record.LastMessage)
            Release(run, last, transition with { Status = RunStatus.Pending }, now);
        else
            Release(run, last, transition, transition.Wait is { } wait ? CommitRules.DueAt(now, wait) : null);
    }

    private void Release(StoredRun run, long last, RunTransition transition, DateTimeOffset? dueAt)
    {
        var attempts = transition.IsNextAttempt ? 1 : 0;
        var released = run.State with { Status = transition.Status, LastSequence = last, Attempt = run.State.Attempt + attempts, AwaitsMessages = transition.AwaitsMessagesAfter is not null };
        _releaseRun.Bind(1, run.Number);
        _releaseRun.Bind(2, dueAt?.UtcTicks);
        BindChecksum(_releaseRun, 3, run, released);
        _releaseRun.Bind(4, (long)transition.Status);
        _releaseRun.Bind(5, attempts);
        _releaseRun.Bind(6, released.AwaitsMessages ? 1 : 0);
        _releaseRun.Execute();
    }

    private void End(StoredRun run, long last, RunTransition transition, DateTimeOffset now)
    {
        WriteEnd(run, last, transition, now);
        if (HasEnded(transition.Status))
            CloseAround(run, now);
    }

    private void WriteEnd(StoredRun run, long last, RunTransition transition, DateTimeOffset now)
    {
        var ended = run.State with
        {
            Status = transition.Status,
            LastSequence = last,
            AcceptDivergence = false,
            EndedAt = now,
            Result = transition.Result,
            Error = transition.Error,
            FailingSet = string.Join(',', transition.FailingSet.Select(sequence => sequence.ToString(CultureInfo.InvariantCulture))),
            IsFinal = transition.IsFinal,
        };
        _endRun.Bind(1, run.Number);
        _endRun.Bind(2, (long)ended.Status);
        _endRun.Bind(3, now);
        _endRun.Bind(4, ended.Result);
        _endRun.Bind(5, ended.Error);
        if (ended.FailingSet.Length == 0)
            _endRun.BindNull(6);
        else
            _endRun.Bind(6, ended.FailingSet);
        BindChecksum(_endRun, 7, run, ended);
        _endRun.Bind(8, ended.IsFinal ? 1 : 0);
        _endRun.Execute();
    }

    // What is damaged gets no checksum that fits.
    private static void BindChecksum(SqliteStatement statement, int parameter, StoredRun found, RunState written)
    {
        if (found.IsStateSound)
            statement.Bind(parameter, written.Checksum);
        else if (found.StateChecksum is { } misfit)
            statement.Bind(parameter, misfit);
        else
            statement.BindNull(parameter);
    }

    private SqliteStatement Prepare(string sql)
    {
        var statement = new SqliteStatement(_database, sql);
        _all.Add(statement);
        return statement;
    }
}
