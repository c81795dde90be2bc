using Durable.Storage;
using Microsoft.Data.Sqlite;

namespace Durable.Sqlite;

// Claiming: one damaged row must not stand in the way of all the others.
internal sealed partial class SqliteWrites
{
    // Runs that an index names and that cannot even be set aside, until the file is opened again.
    private readonly HashSet<long> _passedOver = [];

    public IReadOnlyList<RunRecord> Claim(ClaimRequest request, DateTimeOffset now)
    {
        var due = new List<(long DueAt, long Number)>();
        foreach (var workflow in request.Workflows.Distinct())
        {
            AddDue(due, _waitingRuns, workflow, request.Max);
            _expiredRuns.Bind(4, now);
            AddDue(due, _expiredRuns, workflow, request.Max);
            _awakeRuns.Bind(4, now);
            AddDue(due, _awakeRuns, workflow, request.Max);
        }

        due.Sort();
        var claimed = new List<RunRecord>();
        foreach (var (_, number) in due.Take(request.Max))
        {
            try
            {
                if (Claim(number, request, now) is { } run)
                    claimed.Add(run);
            }
            catch (SqliteException exception) when (SqliteFailure.IsDamage(exception))
            {
                // The transaction is done again, without this one.
                PassOver(number);
                throw;
            }
        }

        return claimed;
    }

    private RunRecord? Claim(long number, ClaimRequest request, DateTimeOffset now)
    {
        if (Find(number) is not { } run)
        {
            PassOver(number);
            return null;
        }

        if (run.Damage is not null)
        {
            SetAside(run, now);
            return null;
        }

        if (run.Record.Status is not (RunStatus.Pending or RunStatus.Running or RunStatus.Suspended))
        {
            PassOver(number);
            return null;
        }

        var last = run.Record.LastSequence;
        var claimed = run.Record with
        {
            Status = RunStatus.Running,
            Epoch = run.Record.Epoch + 1,
            Worker = request.Worker,
            WakesAt = null,
            ClaimedAt = now,
            Takeovers = CommitRules.Takeovers(run.Record, hasProgressed: last > run.ClaimedSequence),
        };
        _claimRun.Bind(1, number);
        _claimRun.Bind(2, request.Worker);
        _claimRun.Bind(3, now + request.Lease);
        _claimRun.Bind(4, (run with { Record = claimed, ClaimedSequence = last }).State.Checksum);
        _claimRun.Bind(5, claimed.Takeovers);
        _claimRun.Bind(6, last);
        _claimRun.Execute();
        return claimed;
    }

    private void SetAside(StoredRun run, DateTimeOffset now)
    {
        var damage = _rows.Damaged(run.Record.RunId, run.Damage!);
        PutAway(run, DamageRules.SetAside(damage), now);
        SqliteLog.RunSetAside(_logger, run.Record.RunId, damage);
    }

    private void PassOver(long number)
    {
        if (_passedOver.Add(number))
            SqliteLog.RunPassedOver(_logger, number);
    }

    private void AddDue(List<(long DueAt, long Number)> due, SqliteStatement runs, WorkflowIdentity workflow, int max)
    {
        runs.Bind(1, workflow.Name);
        runs.Bind(2, workflow.Version);
        runs.Bind(3, max + _passedOver.Count);
        while (runs.Read())
        {
            var number = runs.Long(1);
            if (!_passedOver.Contains(number))
                due.Add((runs.Long(0), number));
        }
    }
}
