using Durable.Storage;
using Durable.Testing;
using Microsoft.Data.Sqlite;

namespace Durable.Sqlite.Tests;

/// <summary>Bytes of a row change on the disk and still make sense: nobody would notice without the checksum.</summary>
public sealed class DamagedRowTests : IDisposable
{
    private readonly SqliteFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task A_checkpoint_whose_result_was_changed_is_not_replayed_its_run_is_quarantined_and_the_others_finish()
    {
        await LeaveUnfinishedAsync("a", "b", "c");
        Execute("UPDATE checkpoints SET result = CAST('\"b-1-9\"' AS BLOB) WHERE run_number = 2 AND sequence = 2");

        await using var process = new ChainProcess(_file);
        process.Work();

        Assert.Equal(Forge.Result(4, "a"), process.Result("a"));
        Assert.Equal(Forge.Result(4, "c"), process.Result("c"));
        var quarantined = Assert.Throws<RunQuarantinedException>(() => process.Result("b"));
        Assert.Contains($"Run 'b': checkpoint 2 in '{_file.Path}' is not what was written there", quarantined.Message);
        Assert.Equal(0, process.Forge.BodiesOf("b", 3));
    }

    [Fact]
    public async Task Due_runs_whose_arguments_were_changed_are_set_aside_and_all_others_are_claimed()
    {
        await using (var store = await OpenAsync())
        {
            foreach (var run in new[] { "a", "b", "c", "d" })
                await store.CreateRunAsync(Sample.Run(run), default);
        }

        Execute("UPDATE runs SET input = CAST('{\"amount\":1}' AS BLOB) WHERE run_id IN ('a', 'c')");

        await using var again = await OpenAsync();
        Assert.Equal(["b", "d"], (await again.ClaimRunsAsync(Sample.Claim, default)).Select(run => run.RunId));
        var setAside = await again.FindRunAsync("c", default);
        Assert.Equal((RunStatus.Quarantined, 0), (setAside!.Status, setAside.Input.Length));
        Assert.Empty(await again.ClaimRunsAsync(Sample.Claim, default));
    }

    [Fact]
    public async Task The_error_of_a_run_that_was_set_aside_names_run_file_and_way_out()
    {
        await LeaveUnfinishedAsync("a");
        Execute("UPDATE runs SET input = CAST(REPLACE(CAST(input AS TEXT), '4', '3') AS BLOB)");

        await using var process = new ChainProcess(_file);
        process.Work();

        var quarantined = Assert.Throws<RunQuarantinedException>(() => process.Result("a"));
        Assert.Contains($"Run 'a': its arguments or identity in '{_file.Path}' is not what was written there", quarantined.Message);
        Assert.Contains("Restore a backup", quarantined.Message);
        Assert.True(quarantined.Error.IsCausedBy<RunDamagedException>());
        Assert.Single(process.Log.Of(3003));
    }

    [Theory]
    [InlineData("run_number = 2 WHERE run_number = 1 AND sequence = 3", 2)]
    [InlineData("sequence = 9 WHERE sequence = 3")]
    [InlineData("step_id = 'Link[4]' WHERE sequence = 3")]
    [InlineData("kind = 1 - kind WHERE sequence = 3")]
    [InlineData("status = 2 WHERE sequence = 3")]
    [InlineData("attempt = 2 WHERE sequence = 3")]
    [InlineData("epoch = 2 WHERE sequence = 3")]
    [InlineData("fingerprint = fingerprint + 1 WHERE sequence = 3")]
    [InlineData("build_id = 'builD' WHERE sequence = 3")]
    [InlineData("started_at = started_at + 1 WHERE sequence = 3")]
    [InlineData("completed_at = -1 WHERE sequence = 3")]
    [InlineData("step_id = CAST(x'FF' AS TEXT) WHERE sequence = 3")]
    [InlineData("arguments = x'31' WHERE sequence = 3")]
    [InlineData("result = NULL WHERE sequence = 3")]
    [InlineData("error = x'31' WHERE sequence = 3")]
    [InlineData("checksum = checksum + 1 WHERE sequence = 3")]
    [InlineData("checksum = NULL WHERE sequence = 3")]
    public async Task A_checkpoint_is_not_returned_when_anything_in_it_was_changed(string change, int run = 1)
    {
        await using (var store = await OpenAsync())
        {
            await store.CreateRunAsync(Sample.Run("run-1"), default);
            await store.CreateRunAsync(Sample.Run("run-2"), default);
            var held = await store.ClaimRunsAsync(Sample.Claim, default);
            await store.CommitAsync(Sample.Commit(held[0], Sample.Step(1), Sample.Step(2), Sample.Step(3)), default);
        }

        Execute("UPDATE checkpoints SET " + change);

        await using var again = await OpenAsync();
        var damage = await Assert.ThrowsAsync<RunDamagedException>(() => again.ReadCheckpointsAsync($"run-{run}", default).AsTask());
        Assert.Equal($"run-{run}", damage.RunId);
        Assert.Contains("checkpoint ", damage.Message);
    }

    [Theory]
    [InlineData("workflow = 'Ordes'")]
    [InlineData("version = 2")]
    [InlineData("fingerprint = 0")]
    [InlineData("created_at = created_at - 1")]
    [InlineData("created_at = -1")]
    [InlineData("input = NULL")]
    [InlineData("input = CAST('{ }' AS BLOB)")]
    [InlineData("status = 3")]
    [InlineData("status = 0")]
    [InlineData("epoch = 2")]
    [InlineData("attempt = 2")]
    [InlineData("accept_divergence = 1")]
    [InlineData("ended_at = ended_at + 1")]
    [InlineData("result = CAST('8' AS BLOB)")]
    [InlineData("error = CAST('boOm' AS BLOB)")]
    [InlineData("failing_set = '1'")]
    [InlineData("input_checksum = NULL")]
    [InlineData("state_checksum = NULL")]
    [InlineData("cancellation = x'31'")]
    [InlineData("deadline = 1")]
    [InlineData("takeovers = 1")]
    [InlineData("claimed_sequence = 1")]
    [InlineData("is_final = 1")]
    public async Task A_run_is_not_returned_when_anything_in_it_was_changed(string change)
    {
        await EndRunAsync(new RunTransition { Status = RunStatus.Failed, Result = "7"u8.ToArray(), Error = "boom"u8.ToArray(), FailingSet = [2] });

        Execute("UPDATE runs SET " + change);

        await using var again = await OpenAsync();
        var damage = await Assert.ThrowsAsync<RunDamagedException>(() => again.FindRunAsync("run", default).AsTask());
        Assert.Contains($"Run 'run': its", damage.Message);
        await Assert.ThrowsAsync<RunDamagedException>(() => again.CreateRunAsync(Sample.Run("run"), default).AsTask());
        await Assert.ThrowsAsync<RunDamagedException>(() => again.ResumeRunAsync(new ResumeRequest("run", false), default).AsTask());
    }

    [Theory]
    [InlineData("cancellation = NULL")]
    [InlineData("cancellation = CAST('whY' AS BLOB)")]
    [InlineData("deadline = NULL")]
    [InlineData("deadline = -1")]
    [InlineData("takeovers = 0")]
    [InlineData("claimed_sequence = 0")]
    public async Task A_run_that_is_to_be_canceled_is_not_claimed_when_what_was_noted_of_it_was_changed(string change)
    {
        await using (var store = await OpenAsync())
        {
            await store.CreateRunAsync(Sample.Run("run") with { Timeout = TimeSpan.FromHours(1), Checkpoints = [Sample.Step(1)] }, default);
            Assert.Single(await store.ClaimRunsAsync(Sample.Claim with { Lease = TimeSpan.Zero }, default));
            Assert.Equal(1, Assert.Single(await store.ClaimRunsAsync(Sample.Claim, default)).Takeovers);
            await store.CancelRunAsync(new CancelRequest("run", "why"u8.ToArray()), default);
            Assert.Equal(1, (await store.FindRunAsync("run", default))!.Takeovers);
        }

        Execute("UPDATE runs SET " + change);

        await using var again = await OpenAsync();
        await Assert.ThrowsAsync<RunDamagedException>(() => again.FindRunAsync("run", default).AsTask());
        await Assert.ThrowsAsync<RunDamagedException>(() => again.CancelRunAsync(new CancelRequest("run", "again"u8.ToArray()), default).AsTask());
        Assert.Empty(await again.ClaimRunsAsync(Sample.Claim, default));
    }

    [Fact]
    public async Task A_cancellation_that_is_lost_on_the_disk_while_the_run_is_held_shows_in_its_end()
    {
        await using var store = await OpenAsync();
        await store.CreateRunAsync(Sample.Run("run"), default);
        var held = Assert.Single(await store.ClaimRunsAsync(Sample.Claim, default));
        await store.CancelRunAsync(new CancelRequest("run", "why"u8.ToArray()), default);
        Execute("UPDATE runs SET cancellation = NULL");

        Assert.Equal(CommitResult.Committed, await store.CommitAsync(Sample.Commit(held) with { Transition = new RunTransition { Status = RunStatus.Completed } }, default));

        await Assert.ThrowsAsync<RunDamagedException>(() => store.FindRunAsync("run", default).AsTask());
    }

    [Fact]
    public async Task An_outcome_that_an_operator_decides_on_takes_the_place_of_a_damaged_one()
    {
        await EndRunAsync(new RunTransition { Status = RunStatus.Failed });
        Execute("UPDATE checkpoints SET result = x'31' WHERE sequence = 2");

        await using var again = await OpenAsync();
        Assert.True(await again.DecideStepAsync(new StepDecision { RunId = "run", Epoch = 1, Attempt = 1, Outcome = Sample.Step(2) }, default));

        Assert.Equal([1L, 2], (await again.ReadCheckpointsAsync("run", default)).Select(checkpoint => checkpoint.Sequence));
    }

    [Fact]
    public async Task An_ended_run_whose_last_checkpoint_is_gone_is_damaged()
    {
        await EndRunAsync(new RunTransition { Status = RunStatus.Completed, Result = "7"u8.ToArray() });

        Execute("DELETE FROM checkpoints WHERE sequence = 2");

        await using var again = await OpenAsync();
        var damage = await Assert.ThrowsAsync<RunDamagedException>(() => again.FindRunAsync("run", default).AsTask());
        Assert.Contains("the number of its checkpoints", damage.Message);
    }

    [Fact]
    public async Task A_run_that_lost_a_checkpoint_in_the_middle_is_quarantined_and_no_body_runs_again()
    {
        await LeaveUnfinishedAsync("a", "b");
        Execute("DELETE FROM checkpoints WHERE run_number = 1 AND sequence = 1");

        await using var process = new ChainProcess(_file);
        process.Work();

        Assert.Contains("does not return checkpoint 1, but 2 stands in its place", Assert.Throws<RunQuarantinedException>(() => process.Result("a")).Message);
        Assert.Equal(0, process.Forge.BodiesOf("a", 1));
        Assert.Equal(Forge.Result(4, "b"), process.Result("b"));
    }

    [Fact]
    public async Task A_finished_run_with_a_changed_checkpoint_keeps_its_result_and_reports_the_checkpoint()
    {
        await using (var process = new ChainProcess(_file))
        {
            process.Start("a", links: 3);
            process.Work();
        }

        Execute("UPDATE checkpoints SET result = CAST('\"x\"' AS BLOB) WHERE sequence = 3");

        await using var again = new ChainProcess(_file);
        Assert.Equal(Forge.Result(3, "a"), again.Result("a"));
        Assert.Contains("checkpoint 3", Assert.Throws<RunDamagedException>(() => again.History("a")).Message);
    }

    [Fact]
    public async Task A_damaged_checkpoint_cannot_be_cleared_and_gets_no_checksum_that_fits()
    {
        await EndRunAsync(new RunTransition { Status = RunStatus.Failed, FailingSet = [2] });
        Execute("UPDATE checkpoints SET error = x'31' WHERE sequence = 2");

        await using var again = await OpenAsync();
        await Assert.ThrowsAsync<RunDamagedException>(() => again.ResumeRunAsync(new ResumeRequest("run", false), default).AsTask());
        Assert.Equal(RunStatus.Failed, (await again.FindRunAsync("run", default))!.Status);
        await Assert.ThrowsAsync<RunDamagedException>(() => again.ReadCheckpointsAsync("run", default).AsTask());
    }

    [Fact]
    public async Task What_was_written_before_there_were_checksums_goes_on()
    {
        await LeaveUnfinishedAsync("a");
        // As migration 2 finds a file of schema 1.
        Execute("UPDATE runs SET input_checksum = NULL, state_checksum = NULL; UPDATE checkpoints SET checksum = NULL; UPDATE unsummed SET runs = 1, checkpoints = 2");

        await using var process = new ChainProcess(_file);
        process.Work();

        Assert.Equal(Forge.Result(4, "a"), process.Result("a"));
        Assert.Equal(4, process.History("a").Count);
        Assert.Equal(0, process.Forge.BodiesOf("a", 1));
    }

    [Fact]
    public async Task A_file_of_the_schema_before_checksums_is_migrated_and_says_how_far_it_went()
    {
        using (var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False"))
        {
            connection.Open();
            SqliteSchema.Migrate(connection, upTo: 1);
        }

        Execute("""
            INSERT INTO runs (number, run_id, status, epoch, attempt, accept_divergence, workflow, version, fingerprint, due_at, created_at, input)
            VALUES (5, 'run', 0, 0, 1, 0, 'Order', 1, 1, 0, 0, CAST('{}' AS BLOB))
            """);

        await using var store = await OpenAsync();
        Assert.Equal("run", Assert.Single(await store.ClaimRunsAsync(Sample.Claim, default)).RunId);
        Assert.Equal(5L, Ask("SELECT runs FROM unsummed"));
    }

    [Fact]
    public void Checksums_are_a_format_for_ever()
    {
        var input = StoredRun.Begin(Sample.Run("run-ä") with { Fingerprint = -1, Input = "{\"amount\":17.5}"u8.ToArray() }, parent: null, epoch: 3, DateTimeOffset.UnixEpoch).Record;
        var state = new RunState("run-ä", RunStatus.Failed, 3, 2, 7) { EndedAt = DateTimeOffset.UnixEpoch, Error = "boom"u8.ToArray(), FailingSet = "6,7" };

        Assert.Equal((-820901769, 1195755120, 836487948), (RowChecksum.OfInput(input, null), state.Checksum, RowChecksum.OfCheckpoint(5, Sample.Step(9))));
        Assert.Equal(
            (-1075145155, 356123458, -1723225243),
            (RowChecksum.OfInput(input with { Deadline = DateTimeOffset.UnixEpoch.AddHours(1) }, null),
                (state with { Cancellation = "stop"u8.ToArray(), Takeovers = 2, ClaimedSequence = 5, IsFinal = true }).Checksum,
                (state with { ClaimedSequence = 5 }).Checksum));
    }

    private async Task LeaveUnfinishedAsync(params string[] runs)
    {
        await using var process = new ChainProcess(_file, new Forge { Holds = (_, number) => number == 3 });
        foreach (var run in runs)
            process.Start(run, links: 4);
        process.Work();
        Assert.All(runs, run => Assert.Equal(RunStatus.Running, process.Status(run)));
    }

    private async Task EndRunAsync(RunTransition transition)
    {
        await using var store = await OpenAsync();
        await store.CreateRunAsync(Sample.Run("run"), default);
        var held = Assert.Single(await store.ClaimRunsAsync(Sample.Claim, default));
        await store.CommitAsync(Sample.Commit(held, Sample.Step(1), Sample.Step(2)) with { Transition = transition }, default);
    }

    private async Task<SqliteStore> OpenAsync()
    {
        var store = _file.Store(new ManualClock());
        await store.InitializeAsync(default);
        await store.EnterAsWorkerAsync(default);
        return store;
    }

    private void Execute(string sql) => Ask(sql);

    private object? Ask(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}
