using System.Globalization;
using Durable.Storage;
using SQLitePCL;

namespace Durable.Sqlite;

/// <summary>What can be written over the writing connection, inside the writer's transaction.</summary>
internal sealed class SqliteWrites : IDisposable
{
    private readonly List<SqliteStatement> _all = [];
    private readonly sqlite3 _database;
    private readonly SqliteStatement _begin;
    private readonly SqliteStatement _commit;
    private readonly SqliteStatement _rollback;
    private readonly SqliteStatement _findRun;
    private readonly SqliteStatement _findRunByNumber;
    private readonly SqliteStatement _createRun;
    private readonly SqliteStatement _waitingRuns;
    private readonly SqliteStatement _expiredRuns;
    private readonly SqliteStatement _claimRun;
    private readonly SqliteStatement _findHeldRun;
    private readonly SqliteStatement _addCheckpoint;
    private readonly SqliteStatement _clearCheckpoint;
    private readonly SqliteStatement _releaseRun;
    private readonly SqliteStatement _endRun;
    private readonly SqliteStatement _renewLease;
    private readonly SqliteStatement _findEndedRun;
    private readonly SqliteStatement _resumeRun;
    private readonly SqliteStatement _freeOrphans;

    private readonly Lock _snapshotGate;

    public SqliteWrites(sqlite3 database, Lock snapshotGate)
    {
        _database = database;
        _snapshotGate = snapshotGate;
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _rollback = Prepare("ROLLBACK");
        _findRun = Prepare(SqliteSql.FindRun);
        _findRunByNumber = Prepare(SqliteSql.FindRunByNumber);
        _createRun = Prepare(SqliteSql.CreateRun);
        _waitingRuns = Prepare(SqliteSql.WaitingRuns);
        _expiredRuns = Prepare(SqliteSql.ExpiredRuns);
        _claimRun = Prepare(SqliteSql.ClaimRun);
        _findHeldRun = Prepare(SqliteSql.FindHeldRun);
        _addCheckpoint = Prepare(SqliteSql.AddCheckpoint);
        _clearCheckpoint = Prepare(SqliteSql.ClearCheckpoint);
        _releaseRun = Prepare(SqliteSql.ReleaseRun);
        _endRun = Prepare(SqliteSql.EndRun);
        _renewLease = Prepare(SqliteSql.RenewLease);
        _findEndedRun = Prepare(SqliteSql.FindEndedRun);
        _resumeRun = Prepare(SqliteSql.ResumeRun);
        _freeOrphans = Prepare(SqliteSql.FreeOrphans);
        Operations = new SqliteOperatorWrites(Prepare);
    }

    public SqliteOperatorWrites Operations { get; }

    public void Begin()
    {
        lock (_snapshotGate)
            _begin.Execute();
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

    public CreateRunResult Create(NewRun run, DateTimeOffset now)
    {
        _createRun.Bind(1, run.RunId);
        _createRun.Bind(2, run.Workflow.Name);
        _createRun.Bind(3, run.Workflow.Version);
        _createRun.Bind(4, run.Fingerprint);
        _createRun.Bind(5, now);
        _createRun.Bind(6, run.Input);
        var created = _createRun.Execute() == 1;
        _findRun.Bind(1, run.RunId);
        return new CreateRunResult(created, SqliteRows.ReadOneRun(_findRun)!);
    }

    public IReadOnlyList<RunRecord> Claim(ClaimRequest request, DateTimeOffset now)
    {
        var due = new List<(long DueAt, long Number)>();
        foreach (var workflow in request.Workflows.Distinct())
        {
            AddDue(due, _waitingRuns, workflow, request.Max);
            _expiredRuns.Bind(4, now);
            AddDue(due, _expiredRuns, workflow, request.Max);
        }

        due.Sort();
        var claimed = new List<RunRecord>();
        foreach (var (_, number) in due.Take(request.Max))
        {
            _claimRun.Bind(1, number);
            _claimRun.Bind(2, request.Worker);
            _claimRun.Bind(3, now + request.Lease);
            _claimRun.Execute();
            _findRunByNumber.Bind(1, number);
            claimed.Add(SqliteRows.ReadOneRun(_findRunByNumber)!);
        }

        return claimed;
    }

    public CommitResult Commit(RunCommit commit, DateTimeOffset now)
    {
        if (FindHeld(commit.RunId, commit.Epoch) is not var (number, last))
            return CommitResult.Fenced;
        if (commit.Checkpoints.Count > 0 && commit.Checkpoints[0].Sequence <= last)
            throw CommitRules.NotAboveLast(commit.RunId, commit.Checkpoints[0].Sequence, last);

        foreach (var checkpoint in commit.Checkpoints)
            Add(number, checkpoint);
        foreach (var sequence in commit.Cleared)
            Clear(number, sequence);
        if (commit.Transition is { } transition)
            LetGo(number, transition, now);
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
        _findEndedRun.Bind(1, request.RunId);
        if (!_findEndedRun.Read())
            return null;
        var number = _findEndedRun.Long(0);
        var found = (RunStatus)_findEndedRun.Int(1);
        var failingSet = _findEndedRun.IsNull(2) ? "" : _findEndedRun.Text(2);
        _findEndedRun.Reset();
        if (found is not (RunStatus.Failed or RunStatus.Quarantined))
            return found;

        foreach (var sequence in failingSet.Split(',', StringSplitOptions.RemoveEmptyEntries))
            Clear(number, long.Parse(sequence, CultureInfo.InvariantCulture));
        _resumeRun.Bind(1, number);
        _resumeRun.Bind(2, request.AcceptDivergence ? 1 : 0);
        _resumeRun.Bind(3, now);
        _resumeRun.Execute();
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

    private static void AddDue(List<(long DueAt, long Number)> due, SqliteStatement runs, WorkflowIdentity workflow, int max)
    {
        runs.Bind(1, workflow.Name);
        runs.Bind(2, workflow.Version);
        runs.Bind(3, max);
        while (runs.Read())
            due.Add((runs.Long(0), runs.Long(1)));
    }

    private (long Number, long Last)? FindHeld(string runId, long epoch)
    {
        _findHeldRun.Bind(1, runId);
        _findHeldRun.Bind(2, epoch);
        if (!_findHeldRun.Read())
            return null;
        var held = (_findHeldRun.Long(0), _findHeldRun.Long(1));
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
        _addCheckpoint.Execute();
    }

    private void Clear(long number, long sequence)
    {
        _clearCheckpoint.Bind(1, number);
        _clearCheckpoint.Bind(2, sequence);
        _clearCheckpoint.Execute();
    }

    private void LetGo(long number, RunTransition transition, DateTimeOffset now)
    {
        if (transition.Status == RunStatus.Pending)
        {
            _releaseRun.Bind(1, number);
            _releaseRun.Bind(2, now);
            _releaseRun.Execute();
            return;
        }

        _endRun.Bind(1, number);
        _endRun.Bind(2, (long)transition.Status);
        _endRun.Bind(3, now);
        _endRun.Bind(4, transition.Result);
        _endRun.Bind(5, transition.Error);
        if (transition.FailingSet.Count == 0)
            _endRun.BindNull(6);
        else
            _endRun.Bind(6, string.Join(',', transition.FailingSet.Select(sequence => sequence.ToString(CultureInfo.InvariantCulture))));
        _endRun.Execute();
    }

    private SqliteStatement Prepare(string sql)
    {
        var statement = new SqliteStatement(_database, sql);
        _all.Add(statement);
        return statement;
    }
}
