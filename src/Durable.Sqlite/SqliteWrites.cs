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
    private readonly SqliteStatement _clearCheckpoint;
    private readonly SqliteStatement _releaseRun;
    private readonly SqliteStatement _endRun;
    private readonly SqliteStatement _renewLease;
    private readonly SqliteStatement _findCheckpoint;
    private readonly SqliteStatement _resumeRun;
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
        _clearCheckpoint = Prepare(SqliteSql.ClearCheckpoint);
        _releaseRun = Prepare(SqliteSql.ReleaseRun);
        _endRun = Prepare(SqliteSql.EndRun);
        _renewLease = Prepare(SqliteSql.RenewLease);
        _findCheckpoint = Prepare(SqliteSql.FindCheckpoint);
        _resumeRun = Prepare(SqliteSql.ResumeRun);
        _freeOrphans = Prepare(SqliteSql.FreeOrphans);
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
        _findPurgedEpoch.Read();
        var epoch = _findPurgedEpoch.Long(0);
        _findPurgedEpoch.Reset();
        _createRun.Bind(1, run.RunId);
        _createRun.Bind(2, run.Workflow.Name);
        _createRun.Bind(3, run.Workflow.Version);
        _createRun.Bind(4, run.Fingerprint);
        _createRun.Bind(5, now);
        _createRun.Bind(6, run.Input);
        _createRun.Bind(7, RowChecksum.OfInput(run.RunId, run.Workflow, run.Fingerprint, now, run.Input));
        _createRun.Bind(8, new RunState(run.RunId, RunStatus.Pending, epoch, Attempt: 1, LastSequence: 0).Checksum);
        _createRun.Bind(9, epoch);
        var created = _createRun.Execute() == 1;
        return new CreateRunResult(created, _rows.Sound(Find(run.RunId)!, run.RunId));
    }

    public CommitResult Commit(RunCommit commit, DateTimeOffset now)
    {
        if (FindHeld(commit.RunId, commit.Epoch) is not var (number, last, attempt))
            return CommitResult.Fenced;
        if (commit.Checkpoints.Count > 0 && commit.Checkpoints[0].Sequence <= last)
            throw CommitRules.NotAboveLast(commit.RunId, commit.Checkpoints[0].Sequence, last);

        foreach (var checkpoint in commit.Checkpoints)
            Add(number, CommitRules.Stamp(checkpoint, now));
        foreach (var sequence in commit.Cleared)
            Clear(number, commit.RunId, sequence);
        if (commit.Transition is not { } transition)
            return CommitResult.Committed;
        if (commit.Checkpoints.Count > 0)
            last = commit.Checkpoints[^1].Sequence;
        if (transition.Status == RunStatus.Pending)
            Release(number, last, transition, now);
        else if (transition.Wait is { } wait)
            Suspend(number, commit.RunId, last, transition, CommitRules.DueAt(now, wait));
        else
            End(number, new RunState(commit.RunId, transition.Status, commit.Epoch, attempt, last), transition, now);
        return CommitResult.Committed;
    }

    public IReadOnlyList<RunLease> Renew(LeaseRenewal renewal, DateTimeOffset now)
    {
        var lost = new List<RunLease>();
        foreach (var lease in renewal.Leases)
        {
            _renewLease.Bind(1, lease.RunId);
            _renewLease.Bind(2, lease.Epoch);
            _renewLease.Bind(3, now + renewal.Lease);
            if (_renewLease.Execute() == 0)
                lost.Add(lease);
        }

        return lost;
    }

    public RunStatus? Resume(ResumeRequest request, DateTimeOffset now)
    {
        if (Find(request.RunId) is not { } run)
            return null;
        var found = _rows.Sound(run, request.RunId).Status;
        if (found is not (RunStatus.Failed or RunStatus.Quarantined))
            return found;

        foreach (var sequence in run.FailingSet.Split(',', StringSplitOptions.RemoveEmptyEntries))
            Clear(run.Number, request.RunId, long.Parse(sequence, CultureInfo.InvariantCulture));
        _resumeRun.Bind(1, run.Number);
        _resumeRun.Bind(2, request.AcceptDivergence ? 1 : 0);
        _resumeRun.Bind(3, now);
        _resumeRun.Bind(4, (run.State with
        {
            Status = RunStatus.Pending,
            Attempt = run.Record.Attempt + 1,
            AcceptDivergence = request.AcceptDivergence,
            EndedAt = null,
            Error = default,
            FailingSet = "",
        }).Checksum);
        _resumeRun.Execute();
        return found;
    }

    /// <summary>Ends a run as canceled. One that is damaged too: this is how an operator puts it away.</summary>
    public RunStatus? Terminate(TerminateRequest request, DateTimeOffset now)
    {
        if (Find(request.RunId) is not { } run)
            return null;
        var found = run.Record.Status;
        if (run.IsStateSound && found is RunStatus.Completed or RunStatus.Failed or RunStatus.Canceled)
            return found;
        End(run.Number, run.State, new RunTransition { Status = RunStatus.Canceled, Error = request.Error }, now);
        return found;
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

    private (long Number, long Last, int Attempt)? FindHeld(string runId, long epoch)
    {
        _findHeldRun.Bind(1, runId);
        _findHeldRun.Bind(2, epoch);
        if (!_findHeldRun.Read())
            return null;
        var held = (_findHeldRun.Long(0), _findHeldRun.Long(1), _findHeldRun.Int(2));
        _findHeldRun.Reset();
        return held;
    }

    private void Add(long number, CheckpointRecord checkpoint)
    {
        _addCheckpoint.Bind(1, number);
        _addCheckpoint.Bind(2, checkpoint.Sequence);
        _addCheckpoint.Bind(3, checkpoint.StepId);
        _addCheckpoint.Bind(4, (long)checkpoint.Kind);
        _addCheckpoint.Bind(5, (long)checkpoint.Status);
        _addCheckpoint.Bind(6, checkpoint.Attempt);
        _addCheckpoint.Bind(7, checkpoint.Epoch);
        _addCheckpoint.Bind(8, checkpoint.Fingerprint);
        _addCheckpoint.Bind(9, checkpoint.BuildId);
        _addCheckpoint.Bind(10, checkpoint.StartedAt);
        _addCheckpoint.Bind(11, checkpoint.CompletedAt);
        _addCheckpoint.Bind(12, checkpoint.Arguments);
        _addCheckpoint.Bind(13, checkpoint.Result);
        _addCheckpoint.Bind(14, checkpoint.Error);
        _addCheckpoint.Bind(15, RowChecksum.OfCheckpoint(number, checkpoint));
        if (checkpoint is { Wait: { } wait, DueAt: { } dueAt })
        {
            _addCheckpoint.Bind(16, wait.Ticks);
            _addCheckpoint.Bind(17, dueAt);
        }
        else
        {
            _addCheckpoint.BindNull(16);
            _addCheckpoint.BindNull(17);
        }

        _addCheckpoint.Execute();
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

    private void Suspend(long number, string runId, long last, RunTransition transition, DateTimeOffset until)
    {
        if (transition.IsNextAttempt)
        {
            foreach (var sequence in transition.FailingSet)
                Clear(number, runId, sequence);
        }

        Release(number, last, transition, until);
    }

    private void Release(long number, long last, RunTransition transition, DateTimeOffset dueAt)
    {
        var attempts = transition.IsNextAttempt ? 1 : 0;
        // What the row says and the holder does not know is in the sum too.
        var run = Find(number)!;
        var released = run.State with { Status = transition.Status, LastSequence = last, Attempt = run.State.Attempt + attempts };
        _releaseRun.Bind(1, number);
        _releaseRun.Bind(2, dueAt);
        _releaseRun.Bind(4, (long)transition.Status);
        _releaseRun.Bind(5, attempts);
        if (run.IsStateSound)
            _releaseRun.Bind(3, released.Checksum);
        else if (run.StateChecksum is { } misfit)
            _releaseRun.Bind(3, misfit);
        else
            _releaseRun.BindNull(3);
        _releaseRun.Execute();
    }

    private void End(long number, RunState run, RunTransition transition, DateTimeOffset now)
    {
        var ended = run with
        {
            Status = transition.Status,
            AcceptDivergence = false,
            EndedAt = now,
            Result = transition.Result,
            Error = transition.Error,
            FailingSet = string.Join(',', transition.FailingSet.Select(sequence => sequence.ToString(CultureInfo.InvariantCulture))),
        };
        _endRun.Bind(1, number);
        _endRun.Bind(2, (long)ended.Status);
        _endRun.Bind(3, now);
        _endRun.Bind(4, ended.Result);
        _endRun.Bind(5, ended.Error);
        if (ended.FailingSet.Length == 0)
            _endRun.BindNull(6);
        else
            _endRun.Bind(6, ended.FailingSet);
        _endRun.Bind(7, ended.Checksum);
        _endRun.Execute();
    }

    private SqliteStatement Prepare(string sql)
    {
        var statement = new SqliteStatement(_database, sql);
        _all.Add(statement);
        return statement;
    }
}
