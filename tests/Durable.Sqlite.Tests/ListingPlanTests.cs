using System.Reflection;
using Durable.Testing;
using Microsoft.Data.Sqlite;

namespace Durable.Sqlite.Tests;

/// <summary>How SQLite carries out what operators ask for: by an index, in its order, with nothing looked at that is not asked for.</summary>
public sealed class ListingPlanTests : IDisposable
{
    private readonly SqliteFile _file = new();
    private readonly SqliteConnection _connection;

    public ListingPlanTests() => _connection = new SqliteDatabase(_file.Path, new SqliteStoreOptions()).OpenForWriting();

    public static TheoryData<string> Statements => [.. typeof(SqliteListSql)
        .GetFields(BindingFlags.Static | BindingFlags.Public)
        .Select(constant => constant.Name)];

    public static TheoryData<string> MessageStatements => [.. typeof(SqliteMessageSql)
        .GetFields(BindingFlags.Static | BindingFlags.Public)
        .Where(constant => constant.IsLiteral)
        .Select(constant => constant.Name)];

    public void Dispose()
    {
        _connection.Dispose();
        _file.Dispose();
    }

    [Theory]
    [MemberData(nameof(Statements))]
    public void No_listing_scans_all_runs(string statement)
        => Assert.DoesNotContain(Plan(Sql(statement)), step => step.StartsWith("SCAN runs", StringComparison.Ordinal));

    [Theory]
    [InlineData(nameof(SqliteListSql.WalkAll), "runs_created (created_at>? AND (created_at,run_id)<(?,?))")]
    [InlineData(nameof(SqliteListSql.WalkWorkflow), "runs_workflow (workflow=? AND created_at>? AND (created_at,run_id)<(?,?))")]
    [InlineData(nameof(SqliteListSql.WalkEnded), "runs_ended (status=? AND created_at>? AND (created_at,run_id)<(?,?))")]
    public void A_walk_follows_its_index_in_the_order_of_the_listing(string statement, string index)
    {
        var plan = Plan(Sql(statement));

        Assert.Equal($"SEARCH runs USING INDEX {index}", plan[0]);
        Assert.StartsWith("SEARCH notes USING INTEGER PRIMARY KEY (rowid=?)", Assert.Single(plan.Skip(1)));
    }

    [Theory]
    [InlineData(nameof(SqliteListSql.PickStatus), "runs_due (status=?)")]
    [InlineData(nameof(SqliteListSql.PickStatusOfWorkflow), "runs_due (status=? AND workflow=?)")]
    [InlineData(nameof(SqliteListSql.PickNamed), "sqlite_autoindex_runs_1 (run_id>? AND run_id<?)")]
    public void A_pick_looks_only_at_what_its_index_names(string statement, string index)
        => Assert.Contains(Plan(Sql(statement)), step => step == $"SEARCH runs USING INDEX {index}");

    [Theory]
    [InlineData(nameof(SqliteListSql.CountStatus))]
    [InlineData(nameof(SqliteListSql.CountStatusOfWorkflow))]
    [InlineData(nameof(SqliteListSql.CountNamed))]
    public void What_a_pick_would_collect_is_counted_in_the_index_alone(string statement)
        => Assert.Contains(Plan(Sql(statement)), step => step.StartsWith("SEARCH runs USING COVERING INDEX", StringComparison.Ordinal));

    [Theory]
    [InlineData(SqliteSql.NextEndedWorkflow)]
    [InlineData(SqliteSql.EndedRuns)]
    [InlineData(SqliteSql.PurgeCheckpoints)]
    [InlineData(SqliteSql.PurgeRun)]
    public void A_purge_looks_only_at_what_it_removes(string sql)
        => Assert.All(Plan(sql).Where(step => !step.StartsWith("CORRELATED", StringComparison.Ordinal)), step => Assert.StartsWith("SEARCH", step));

    [Theory]
    [MemberData(nameof(MessageStatements))]
    public void Nothing_about_messages_scans_a_table(string statement)
        => Assert.DoesNotContain(Plan((string)typeof(SqliteMessageSql).GetField(statement)!.GetRawConstantValue()!), step => step.StartsWith("SCAN", StringComparison.Ordinal) || step.Contains("TEMP B-TREE", StringComparison.Ordinal));

    private static string Sql(string statement) => (string)typeof(SqliteListSql).GetField(statement)!.GetRawConstantValue()!;

    private List<string> Plan(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql.Replace("?", "$p");
        for (var parameter = 1; parameter <= 9; parameter++)
            command.Parameters.AddWithValue($"$p{parameter}", 1);
        using var plan = command.ExecuteReader();
        // Versions of SQLite differ in one word.
        var steps = new List<string>();
        while (plan.Read())
            steps.Add(plan.GetString(3).Replace("SEARCH TABLE ", "SEARCH ").Replace("SCAN TABLE ", "SCAN "));
        return steps;
    }
}
