using Durable.Storage;

namespace Durable.Sqlite;

/// <summary>What operators remove. Inside the writer's transaction, like everything else that writes.</summary>
internal sealed class SqlitePurge(Func<string, SqliteStatement> prepare)
{
    // A batch shares its transaction with commits that wait for it: a few milliseconds' work.
    private const int MaxRows = 5_000;

    private readonly SqliteStatement _nextEndedWorkflow = prepare(SqliteSql.NextEndedWorkflow);
    private readonly SqliteStatement _endedRuns = prepare(SqliteSql.EndedRuns);
    private readonly SqliteStatement _raisePurgedEpoch = prepare(SqliteSql.RaisePurgedEpoch);
    private readonly SqliteStatement _purgeCheckpoints = prepare(SqliteSql.PurgeCheckpoints);
    private readonly SqliteStatement _purgeRun = prepare(SqliteSql.PurgeRun);
    private readonly LateStatement[] _purgeBelongings = [.. SqliteMessageSql.PurgeBelongings.Select(sql => new LateStatement(prepare, sql))];

    /// <summary>Removes whole runs, oldest end first.</summary>
    /// <returns>How many.</returns>
    public int Purge(PurgeRequest request, DateTimeOffset now)
    {
        if (request.EndedUntil(now) is not { } until)
            return 0;
        var ended = new List<(long EndedAt, long Number)>();
        foreach (var status in request.Statuses.Distinct())
            AddEnded(ended, status, until, request.Max);
        ended.Sort();

        var (runs, removed) = (0, 0);
        foreach (var (_, number) in ended.Take(request.Max))
        {
            removed += Purge(number);
            runs++;
            if (removed >= MaxRows)
                break;
        }

        return runs;
    }

    // Ended runs are in the index of due runs, by workflow and version: one range for each of these.
    private void AddEnded(List<(long EndedAt, long Number)> ended, RunStatus status, DateTimeOffset until, int max)
    {
        var (workflow, version) = ("", 0L);
        _nextEndedWorkflow.Bind(1, (long)status);
        while (true)
        {
            _nextEndedWorkflow.Bind(2, workflow);
            _nextEndedWorkflow.Bind(3, version);
            if (!_nextEndedWorkflow.Read())
                return;
            (workflow, version) = (_nextEndedWorkflow.Text(0), _nextEndedWorkflow.Long(1));
            _nextEndedWorkflow.Reset();

            _endedRuns.Bind(1, (long)status);
            _endedRuns.Bind(2, workflow);
            _endedRuns.Bind(3, version);
            _endedRuns.Bind(4, until);
            _endedRuns.Bind(5, max);
            while (_endedRuns.Read())
                ended.Add((_endedRuns.Long(0), _endedRuns.Long(1)));
        }
    }

    private int Purge(long number)
    {
        _raisePurgedEpoch.Bind(1, number);
        _raisePurgedEpoch.Execute();
        _purgeCheckpoints.Bind(1, number);
        var removed = _purgeCheckpoints.Execute();
        foreach (var belongings in _purgeBelongings)
        {
            belongings.Value.Bind(1, number);
            removed += belongings.Value.Execute();
        }

        _purgeRun.Bind(1, number);
        _purgeRun.Execute();
        return removed;
    }
}
