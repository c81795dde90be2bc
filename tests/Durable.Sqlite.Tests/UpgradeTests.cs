using Durable.Storage;
using Durable.Testing;
using Microsoft.Data.Sqlite;

namespace Durable.Sqlite.Tests;

/// <summary>A file that an older version wrote.</summary>
public sealed class UpgradeTests : IDisposable
{
    private static readonly DateTimeOffset s_start = new ManualClock().GetUtcNow();

    private readonly SqliteFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task Runs_of_schema_1_are_listed_purged_resumed_and_go_on()
    {
        WriteSchema1();
        var clock = new ManualClock();
        clock.Advance(TimeSpan.FromHours(10));
        await using var store = _file.Store(clock);
        await store.InitializeAsync(default);
        await store.EnterAsWorkerAsync(default);

        Assert.Equal(["running", "pending", "failed", "completed"], await ListAsync(store, new RunQuery { Max = 10 }));
        Assert.Equal(["failed"], await ListAsync(store, new RunQuery { Max = 10, Statuses = [RunStatus.Failed] }));
        Assert.Equal(["completed"], await ListAsync(store, new RunQuery { Max = 10, Statuses = [RunStatus.Completed], Workflow = "Order" }));
        Assert.Equal(RunStatus.Failed, await store.ResumeRunAsync(new ResumeRequest("failed", false), default));
        // The completed run ended an hour after the start.
        Assert.Equal(0, await PurgeAsync(store, TimeSpan.FromHours(9) + TimeSpan.FromTicks(1)));
        Assert.Equal(1, await PurgeAsync(store, TimeSpan.FromHours(9)));
        Assert.Equal(["failed", "pending", "running"], (await store.ClaimRunsAsync(Sample.Claim, default)).Select(run => run.RunId).Order());
        Assert.Single(await store.ReadCheckpointsAsync("failed", default));
    }

    [Fact]
    public async Task Runs_of_schema_4_are_taken_over_canceled_and_end()
    {
        var clock = new ManualClock();
        await using (var store = _file.Store(clock))
        {
            await store.InitializeAsync(default);
            await store.EnterAsWorkerAsync(default);
            foreach (var run in (string[])["held", "failed", "waits"])
                await store.CreateRunAsync(Sample.Run(run), default);
            var claimed = await store.ClaimRunsAsync(Sample.Claim with { Max = 2 }, default);
            await store.CommitAsync(Sample.Commit(claimed[0], Sample.Step(1)), default);
            await store.CommitAsync(Sample.Commit(claimed[1], Sample.Step(1)) with { Transition = new RunTransition { Status = RunStatus.Failed } }, default);
        }

        BackToSchema(4);
        await using var later = _file.Store(clock);
        await later.InitializeAsync(default);
        await later.EnterAsWorkerAsync(default);

        Assert.Equal(["failed", "held", "waits"], (await ListAsync(later, new RunQuery { Max = 10 })).Order());
        Assert.Equal(RunStatus.Running, await later.CancelRunAsync(new CancelRequest("held", "why"u8.ToArray()), default));
        Assert.Equal(RunStatus.Failed, await later.ResumeRunAsync(new ResumeRequest("failed", false), default));
        var runs = (await later.ClaimRunsAsync(Sample.Claim, default)).ToDictionary(run => run.RunId);
        Assert.Equal((1, 0, 0), (runs["held"].Takeovers, runs["failed"].Takeovers, runs["waits"].Takeovers));
        Assert.Equal(CommitResult.CancelRequested, await later.CommitAsync(Sample.Commit(runs["held"], Sample.Step(2)), default));
        foreach (var run in runs.Values)
            await later.CommitAsync(Sample.Commit(run) with { KnowsCancellation = true, Transition = new RunTransition { Status = RunStatus.Canceled, IsFinal = true } }, default);
        foreach (var run in runs.Keys)
            Assert.True((await later.FindRunAsync(run, default))!.IsFinal);
    }

    [Fact]
    public async Task Runs_of_schema_5_are_sent_messages_and_start_others()
    {
        var clock = new ManualClock();
        var suspension = new RunTransition { Status = RunStatus.Suspended, Wait = TimeSpan.FromHours(1) };
        await using (var store = _file.Store(clock))
        {
            await store.InitializeAsync(default);
            await store.EnterAsWorkerAsync(default);
            foreach (var run in (string[])["held", "sleeps", "failed"])
                await store.CreateRunAsync(Sample.Run(run) with { Timeout = TimeSpan.FromDays(1) }, default);
            var claimed = await store.ClaimRunsAsync(Sample.Claim, default);
            await store.CommitAsync(Sample.Commit(claimed[0], Sample.Step(1)), default);
            await store.CommitAsync(Sample.Commit(claimed[1], Sample.Step(1)) with { Transition = suspension }, default);
            await store.CommitAsync(Sample.Commit(claimed[2], Sample.Step(1)) with { Transition = new RunTransition { Status = RunStatus.Failed } }, default);
        }

        BackToSchema(5);
        await using var later = _file.Store(clock);
        await later.InitializeAsync(default);
        await later.EnterAsWorkerAsync(default);

        Assert.Equal(["failed", "held", "sleeps"], (await ListAsync(later, new RunQuery { Max = 10 })).Order());
        Assert.Equal(SignalVerdict.Accepted, await later.SendSignalAsync(Sample.Signal("sleeps"), default));
        Assert.Equal(RunStatus.Suspended, (await later.FindRunAsync("sleeps", default))!.Status);
        Assert.Equal(SignalVerdict.RunEnded, await later.SendSignalAsync(Sample.Signal("failed"), default));
        var held = Assert.Single(await later.ClaimRunsAsync(Sample.Claim, default));
        Assert.Equal(("held", 0L, 0, null, null), (held.RunId, held.LastMessage, held.Generation, held.Parent, held.Progress));
        var effects = new RunEffects { Children = [new NewChild(Sample.Run("child"), ParentClosePolicy.Terminate)], Published = [new NamedPayload("key", "1"u8.ToArray())] };
        await later.CommitAsync(Sample.Commit(held, Sample.Step(2)) with { Effects = effects, Transition = suspension with { Wait = null, AwaitsMessagesAfter = 0 } }, default);
        await later.SendSignalAsync(Sample.Signal("held"), default);
        held = (await later.ClaimRunsAsync(Sample.Claim, default)).Single(run => run.RunId == "held");
        await later.CommitAsync(Sample.Commit(held) with { Transition = new RunTransition { Status = RunStatus.Completed } }, default);
        Assert.Equal(RunStatus.Canceled, (await later.FindRunAsync("child", default))!.Status);
        clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, Assert.Single(await later.ClaimRunsAsync(Sample.Claim, default)).LastMessage);
    }

    // What was written holds nothing that the schema did not have: its checksums are those that it wrote.
    private void BackToSchema(int number)
    {
        using var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False");
        connection.Open();
        foreach (var table in (string[])["notes", "inbox", "message_ids", "requests", "published", "stream_items"])
            SqliteSchema.Execute(connection, $"DROP TABLE {table}");
        SqliteSchema.Execute(connection, "DROP INDEX runs_children");
        string[] since5 = number < 5 ? ["cancellation", "deadline", "takeovers", "claimed_sequence", "is_final"] : [];
        foreach (var column in (string[])["parent_number", "parent_id", "close_policy", "awaits_messages", .. since5])
            SqliteSchema.Execute(connection, $"ALTER TABLE runs DROP COLUMN {column}");
        SqliteSchema.Execute(connection, $"PRAGMA user_version = {number}");
    }

    // As the first version wrote them: an ended run has no due_at.
    private void WriteSchema1()
    {
        using var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False");
        connection.Open();
        SqliteSchema.Execute(connection, "PRAGMA journal_mode = WAL");
        SqliteSchema.Migrate(connection, upTo: 1);
        foreach (var (number, id, status, endedAt) in ((int, string, RunStatus, DateTimeOffset?)[])
            [(1, "completed", RunStatus.Completed, s_start.AddHours(1)), (2, "failed", RunStatus.Failed, s_start.AddHours(2)), (3, "pending", RunStatus.Pending, null), (4, "running", RunStatus.Running, null)])
        {
            using var command = connection.CreateCommand();
            command.CommandText = """
                INSERT INTO runs (number, run_id, status, epoch, attempt, accept_divergence, workflow, version, fingerprint, due_at, created_at, ended_at, input)
                VALUES ($number, $id, $status, 1, 1, 0, 'Order', 1, 1, $due, $created, $ended, '{}');
                INSERT INTO checkpoints (run_number, sequence, step_id, kind, status, attempt, epoch, fingerprint, build_id, started_at, completed_at)
                VALUES ($number, 1, '/Charge', 0, 0, 1, 1, 1, 'build', $created, $created);
                """;
            command.Parameters.AddWithValue("$number", number);
            command.Parameters.AddWithValue("$id", id);
            command.Parameters.AddWithValue("$status", (int)status);
            command.Parameters.AddWithValue("$created", s_start.AddMinutes(number).UtcTicks);
            command.Parameters.AddWithValue("$due", endedAt is null ? s_start.UtcTicks : DBNull.Value);
            command.Parameters.AddWithValue("$ended", endedAt is { } time ? time.UtcTicks : DBNull.Value);
            command.ExecuteNonQuery();
        }
    }

    private static async Task<IEnumerable<string>> ListAsync(SqliteStore store, RunQuery query) => (await store.ListRunsAsync(query, default)).Select(run => run.RunId);

    private static async Task<int> PurgeAsync(SqliteStore store, TimeSpan age)
        => await store.PurgeRunsAsync(new PurgeRequest { Statuses = [RunStatus.Completed, RunStatus.Canceled], Age = age, Max = 100 }, default);
}
