using System.Diagnostics;
using Durable.Storage;
using Durable.Testing;
using Durable.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Sqlite.Tests;

public sealed class FileTests : IDisposable
{
    private readonly SqliteFile _file = new();
    private readonly ManualClock _clock = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Everything_survives_closing_and_opening()
    {
        await using (var store = await OpenAsync())
        {
            await store.CreateRunAsync(Sample.Run("run"), default);
            var held = Assert.Single(await store.ClaimRunsAsync(Sample.Claim, default));
            await store.CommitAsync(
                Sample.Commit(held, Sample.Step(1), Sample.Step(2)) with
                {
                    Transition = new RunTransition { Status = RunStatus.Failed, Error = "boom"u8.ToArray(), FailingSet = [2] },
                },
                default);
        }

        await using var again = await OpenAsync();

        var run = await again.FindRunAsync("run", default);
        Assert.Equal((RunStatus.Failed, 1L, 2L), (run!.Status, run.Epoch, run.LastSequence));
        Assert.Equal("boom"u8.ToArray(), run.Error.ToArray());
        await again.ResumeRunAsync(new ResumeRequest("run", false), default);
        Assert.Equal(
            [CheckpointStatus.Completed, CheckpointStatus.Cleared],
            (await again.ReadCheckpointsAsync("run", default)).Select(checkpoint => checkpoint.Status));
    }

    [Fact]
    public async Task The_library_that_the_application_brings_is_used_and_not_the_systems()
    {
        await using var store = await OpenAsync();
        using var process = Process.GetCurrentProcess();
        var loaded = process.Modules.Cast<ProcessModule>().Select(module => module.ModuleName).Where(name => name.EndsWith("sqlite3.so", StringComparison.Ordinal)
            || name.Contains("sqlite3.so.", StringComparison.Ordinal) || name.EndsWith("sqlite3.dll", StringComparison.Ordinal) || name.EndsWith("sqlite3.dylib", StringComparison.Ordinal));
        Assert.Contains("e_sqlite3", Assert.Single(loaded.Distinct()));
    }

    [Fact]
    public async Task A_closed_store_is_one_sound_file_with_nothing_left_in_the_log()
    {
        await using (var store = await OpenAsync())
        {
            await store.CreateRunAsync(Sample.Run("run"), default);
            await store.FindRunAsync("run", default);
        }

        Assert.False(File.Exists(_file.Path + "-wal"));
        Assert.Equal("ok", Ask("PRAGMA integrity_check"));
        Assert.Equal(1L, Ask("SELECT COUNT(*) FROM runs"));
    }

    [Fact]
    public async Task A_file_carries_application_id_schema_version_and_log_mode()
    {
        await (await OpenAsync()).DisposeAsync();

        Assert.Equal((long)SqliteSchema.ApplicationId, Ask("PRAGMA application_id"));
        Assert.Equal((long)SqliteSchema.Newest, Ask("PRAGMA user_version"));
        Assert.Equal("wal", Ask("PRAGMA journal_mode"));
    }

    [Theory]
    [InlineData(null, 2L)]
    [InlineData(SqliteSynchronous.Full, 2L)]
    [InlineData(SqliteSynchronous.Normal, 1L)]
    public void A_commit_waits_for_the_disk_unless_the_option_says_otherwise(SqliteSynchronous? synchronous, long pragma)
    {
        var options = new SqliteStoreOptions();
        if (synchronous is { } chosen)
            options.Synchronous = chosen;
        using var connection = new SqliteDatabase(_file.Path, options).OpenForWriting();

        Assert.Equal(pragma, Ask(connection, "PRAGMA synchronous"));
    }

    [Fact]
    public void A_reading_connection_cannot_write()
    {
        var database = new SqliteDatabase(_file.Path, new SqliteStoreOptions());
        using var writing = database.OpenForWriting();
        using var reading = database.OpenForReading();

        const int ReadOnly = 8;
        Assert.Equal(ReadOnly, Assert.Throws<SqliteException>(() => Ask(reading, "DELETE FROM runs")).SqliteErrorCode);
    }

    [Fact]
    public void A_reading_connection_does_not_checkpoint_when_it_is_the_last_to_close()
    {
        var database = new SqliteDatabase(_file.Path, new SqliteStoreOptions());
        using (var writing = database.OpenForWriting())
            SqliteDatabase.KeepLogOnClose(writing);
        var log = new FileInfo(_file.Path + "-wal").Length;

        using (var reading = database.OpenForReading())
            Assert.Equal(0L, Ask(reading, "SELECT COUNT(*) FROM runs"));

        Assert.True(log > 0);
        Assert.Equal(log, new FileInfo(_file.Path + "-wal").Length);
    }

    [Theory]
    [InlineData("SELECT", SqliteSql.FindRun)]
    [InlineData("SELECT", SqliteSql.FindHeldRun)]
    [InlineData("SELECT", SqliteSql.ReadCheckpoints)]
    [InlineData("SELECT", SqliteSql.CountRuns)]
    [InlineData("SELECT", SqliteSql.WaitingRuns)]
    [InlineData("SELECT", SqliteSql.ExpiredRuns)]
    [InlineData("UPDATE", SqliteSql.FreeOrphans)]
    [InlineData("UPDATE", SqliteSql.ResumeRun)]
    [InlineData("UPDATE", SqliteSql.ClaimRun)]
    [InlineData("UPDATE", SqliteSql.RenewLease)]
    [InlineData("UPDATE", SqliteSql.EndRun)]
    [InlineData("UPDATE", SqliteSql.ClearCheckpoint)]
    public void No_statement_scans_a_table_or_sorts(string kind, string sql)
    {
        Assert.StartsWith(kind, sql);
        using var connection = new SqliteDatabase(_file.Path, new SqliteStoreOptions()).OpenForWriting();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql.Replace("?", "$p");
        for (var parameter = 1; parameter <= 6; parameter++)
            command.Parameters.AddWithValue($"$p{parameter}", 1);
        using var plan = command.ExecuteReader();
        while (plan.Read())
        {
            var step = plan.GetString(3);
            Assert.True(!step.StartsWith("SCAN", StringComparison.Ordinal) || step.Contains("COVERING INDEX"), step);
            Assert.DoesNotContain("TEMP B-TREE", step);
        }
    }

    [Fact]
    public async Task Below_the_fixed_version_one_warning_names_the_bug_and_what_to_do()
    {
        var log = new LogSink();
        await using (var store = _file.Store(_clock, log))
        {
            await store.InitializeAsync(default);
            await store.InitializeAsync(default);
        }

        var isOld = SqliteDatabase.NativeVersion() < new Version(3, 51, 3);
        Assert.Equal(isOld ? 1 : 0, log.Of(3000).Count());
        Assert.All(log.Of(3000), warning => Assert.Contains("WAL-reset bug (fixed in 3.51.3)", warning.Text));
    }

    [Fact]
    public async Task UseSqlite_registers_a_store_at_the_path_with_the_options()
    {
        var services = new ServiceCollection();
        SqliteStoreOptions? seen = null;
        services.AddDurableClient(durable => durable.UseSqlite(_file.Path, options =>
        {
            options.Synchronous = SqliteSynchronous.Normal;
            seen = options;
        }));
        await using var provider = services.BuildServiceProvider();

        var store = Assert.IsType<SqliteStore>(provider.GetRequiredService<IRunStore>());
        await store.InitializeAsync(default);

        Assert.True(File.Exists(_file.Path));
        Assert.NotNull(seen);
    }

    private async Task<SqliteStore> OpenAsync()
    {
        var store = _file.Store(_clock);
        await store.InitializeAsync(default);
        return store;
    }

    private object? Ask(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False");
        connection.Open();
        return Ask(connection, sql);
    }

    private static object? Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
