namespace Durable.Storage.Contract;

/// <summary>What a run is created with besides its arguments: how long it may take, and checkpoints of another run.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task R121_The_deadline_of_a_run_is_its_timeout_from_its_creation_on()
    {
        Clock.Advance(TimeSpan.FromSeconds(7));
        var deadline = Clock.GetUtcNow() + s_wait;

        var created = await Store.CreateRunAsync(Run("run") with { Timeout = s_wait }, default);
        Clock.Advance(TimeSpan.FromSeconds(7));

        Assert.Equal(deadline, created.Run.Deadline);
        Assert.Equal(deadline, (await FindAsync()).Deadline);
        Assert.Equal(deadline, Assert.Single(await ClaimAsync()).Deadline);
        Assert.Equal(deadline, Assert.Single(await Store.ListRunsAsync(new RunQuery { Max = 10 }, default)).Deadline);
    }

    [Fact]
    public async Task R122_A_run_without_a_timeout_has_no_deadline()
    {
        Assert.Null((await CreateAsync("run")).Run.Deadline);
        Assert.Null(Assert.Single(await ClaimAsync()).Deadline);
        Assert.Null(Assert.Single(await Store.ListRunsAsync(new RunQuery { Max = 10 }, default)).Deadline);
    }

    [Fact]
    public async Task R123_A_deadline_does_not_move_and_the_store_does_not_act_on_it()
    {
        await Store.CreateRunAsync(Run("run") with { Timeout = TimeSpan.Zero }, default);
        var deadline = Clock.GetUtcNow();
        Clock.Advance(TimeSpan.FromHours(1));
        var held = Assert.Single(await ClaimAsync());
        Assert.Equal(CommitResult.Committed, await CommitStepAsync(held, 1));
        await LetGoAsync(held, RunStatus.Failed);
        await ResumeAsync();

        Assert.Equal((RunStatus.Pending, deadline), ((await FindAsync()).Status, (await FindAsync()).Deadline));
        Assert.Equal(deadline, Assert.Single(await ClaimAsync()).Deadline);
    }

    [Fact]
    public async Task R124_A_timeout_beyond_the_end_of_time_lasts_until_then_and_a_negative_one_is_refused()
    {
        await Store.CreateRunAsync(Run("run") with { Timeout = TimeSpan.MaxValue }, default);
        await Assert.ThrowsAsync<ArgumentException>(() => Store.CreateRunAsync(Run("refused") with { Timeout = TimeSpan.FromTicks(-1) }, default).AsTask());

        Assert.Equal(DateTimeOffset.MaxValue, (await FindAsync()).Deadline);
        Assert.Null(await Store.FindRunAsync("refused", default));
    }

    [Fact]
    public async Task R125_A_run_begins_with_the_checkpoints_that_it_is_given()
    {
        CheckpointRecord[] given = [Step(1), Step(2) with { Status = CheckpointStatus.Cleared, Error = "boom"u8.ToArray() }, Step(4) with { Arguments = "[]"u8.ToArray() }];

        var created = await Store.CreateRunAsync(Run("run") with { Checkpoints = given }, default);

        Assert.Equal((true, RunStatus.Pending, 1, 4L), (created.Created, created.Run.Status, created.Run.Attempt, created.Run.LastSequence));
        Assert.Equal(given.Select(WithoutBytes), (await ReadAsync()).Select(WithoutBytes));
        Assert.Equal(given.Select(Bytes), (await ReadAsync()).Select(Bytes));
        var held = Assert.Single(await ClaimAsync());
        Assert.Equal(4, held.LastSequence);
        await Assert.ThrowsAsync<ArgumentException>(() => CommitStepAsync(held, 3));
        Assert.Equal(CommitResult.Committed, await CommitStepAsync(held, 5));
    }

    [Fact]
    public async Task R126_The_wait_of_a_checkpoint_that_a_run_begins_with_begins_with_the_run()
    {
        await Store.CreateRunAsync(Run("run") with { Checkpoints = [Step(1) with { Wait = s_wait, DueAt = DateTimeOffset.UnixEpoch }] }, default);
        var due = Clock.GetUtcNow() + s_wait;
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((s_wait, due), (Assert.Single(await ReadAsync()).Wait, Assert.Single(await ReadAsync()).DueAt));
    }

    [Fact]
    public async Task R127_A_run_that_exists_gets_neither_checkpoints_nor_a_deadline()
    {
        await CreateAsync("run");

        var again = await Store.CreateRunAsync(Run("run") with { Timeout = s_wait, Checkpoints = [Step(1)] }, default);

        Assert.Equal((false, null, 0L), (again.Created, again.Run.Deadline, again.Run.LastSequence));
        Assert.Empty(await ReadAsync());
    }

    [Fact]
    public async Task R128_A_run_whose_checkpoints_do_not_ascend_or_cannot_be_kept_is_not_created()
    {
        foreach (var mistaken in (CheckpointRecord[][])[[Step(2), Step(1)], [Step(1), Step(1)], [Step(0)], [Step(1) with { StepId = "lone \ud800" }], [Step(1) with { Wait = TimeSpan.FromTicks(-1) }]])
            await Assert.ThrowsAsync<ArgumentException>(() => Store.CreateRunAsync(Run("run") with { Checkpoints = mistaken }, default).AsTask());

        Assert.Null(await Store.FindRunAsync("run", default));
        Assert.Empty(await ClaimAsync());
    }
}
