using Durable.Storage;
using SQLitePCL;

namespace Durable.Sqlite;

/// <summary>Lists runs over one reading connection. Chooses how by the shape of the query and by how many runs it may meet.</summary>
internal sealed class SqliteListing(sqlite3 database) : IDisposable
{
    // A walk looks at every run in the worst case, ten of them in the time in which a pick collects one: fewer matches than this part are picked.
    private const int PickedPart = 10;
    private const int AlwaysPicked = 1_000;
    private const int MostPicked = 100_000;

    private readonly SqliteStatement _walkAll = new(database, SqliteListSql.WalkAll);
    private readonly SqliteStatement _walkWorkflow = new(database, SqliteListSql.WalkWorkflow);
    private readonly SqliteStatement _walkEnded = new(database, SqliteListSql.WalkEnded);
    private readonly SqliteStatement _pickStatus = new(database, SqliteListSql.PickStatus);
    private readonly SqliteStatement _pickStatusOfWorkflow = new(database, SqliteListSql.PickStatusOfWorkflow);
    private readonly SqliteStatement _pickNamed = new(database, SqliteListSql.PickNamed);
    private readonly SqliteStatement _countStatus = new(database, SqliteListSql.CountStatus);
    private readonly SqliteStatement _countStatusOfWorkflow = new(database, SqliteListSql.CountStatusOfWorkflow);
    private readonly SqliteStatement _countNamed = new(database, SqliteListSql.CountNamed);
    private readonly SqliteStatement _highestNumber = new(database, SqliteListSql.HighestNumber);

    public IReadOnlyList<RunSummary> List(RunQuery query)
    {
        var most = MostToPick();
        if (!string.IsNullOrEmpty(query.RunIdPrefix) && IsFewNamed(query.RunIdPrefix, most))
            return Ordered(Read(_pickNamed, query), query.Max);
        if (query.Statuses.Count > 0)
            return Ordered(query.Statuses.Distinct().SelectMany(status => Read(PlanFor(status, query.Workflow, most), query, status)), query.Max);
        return Read(query.Workflow is null ? _walkAll : _walkWorkflow, query);
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])
            [_walkAll, _walkWorkflow, _walkEnded, _pickStatus, _pickStatusOfWorkflow, _pickNamed, _countStatus, _countStatusOfWorkflow, _countNamed, _highestNumber])
            statement.Dispose();
    }

    private SqliteStatement PlanFor(RunStatus status, string? workflow, int most)
    {
        var hasEnded = status is not (RunStatus.Pending or RunStatus.Running or RunStatus.Suspended);
        if (workflow is null)
            return hasEnded ? _walkEnded : IsFew(_countStatus, status, null, most) ? _pickStatus : _walkAll;
        return IsFew(_countStatusOfWorkflow, status, workflow, most) ? _pickStatusOfWorkflow : hasEnded ? _walkEnded : _walkWorkflow;
    }

    private int MostToPick()
    {
        _highestNumber.Read();
        var runs = _highestNumber.Long(0);
        _highestNumber.Reset();
        return (int)Math.Clamp(runs / PickedPart, AlwaysPicked, MostPicked);
    }

    private bool IsFewNamed(string prefix, int most)
    {
        _countNamed.Bind(2, prefix);
        _countNamed.BindPrefixEnd(3, prefix);
        return CountsAtMost(_countNamed, most);
    }

    private static bool IsFew(SqliteStatement count, RunStatus status, string? workflow, int most)
    {
        count.Bind(2, (long)status);
        if (workflow is not null)
            count.Bind(3, workflow);
        return CountsAtMost(count, most);
    }

    private static bool CountsAtMost(SqliteStatement count, int most)
    {
        count.Bind(1, most + 1);
        count.Read();
        var counted = count.Long(0);
        count.Reset();
        return counted <= most;
    }

    private static List<RunSummary> Read(SqliteStatement list, RunQuery query, RunStatus? status = null)
    {
        // No id is empty: the position of an empty one lies before all runs of its instant.
        var until = query.CreatedUntil is { } time ? new RunPosition(time, "") : (RunPosition?)null;
        var below = query.After is { } after && (until is null || after.CompareTo(until.Value) < 0) ? after : until;
        list.Bind(1, query.Max);
        list.Bind(2, below?.CreatedAt.UtcTicks ?? long.MaxValue);
        list.Bind(3, below?.RunId ?? "");
        list.Bind(4, query.CreatedFrom?.UtcTicks ?? 0);
        if (query.Workflow is { } workflow)
            list.Bind(5, workflow);
        else
            list.BindNull(5);
        list.Bind(6, status is { } one ? 1L << (int)one : query.Statuses.Count == 0 ? -1 : query.Statuses.Aggregate(0L, (bits, each) => bits | (1L << (int)each)));
        list.Bind(7, (long)(status ?? default));
        list.Bind(8, query.RunIdPrefix ?? "");
        list.BindPrefixEnd(9, query.RunIdPrefix ?? "");

        var runs = new List<RunSummary>();
        while (list.Read())
            runs.Add(SqliteRows.Summary(list));
        return runs;
    }

    private static RunSummary[] Ordered(IEnumerable<RunSummary> runs, int max) => [.. runs.OrderByDescending(run => run.Position).Take(max)];
}
