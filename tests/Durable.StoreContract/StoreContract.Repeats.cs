namespace Durable.Storage.Contract;

/// <summary>What comes of a commit whose outcome was unknown and that is made again, and of commits that are mistakes.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task R351_A_commit_of_checkpoints_repeated_exactly_is_refused_and_changes_nothing()
    {
        var held = await HoldAsync();
        var commit = new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1), Step(2)], Cleared = [1] };
        await CommitAsync(commit);

        await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(commit));

        Assert.Equal([CheckpointStatus.Cleared, CheckpointStatus.Completed], (await ReadAsync()).Select(checkpoint => checkpoint.Status));
        Assert.Equal((RunStatus.Running, 2L), ((await FindAsync()).Status, (await FindAsync()).LastSequence));
    }

    [Theory]
    [InlineData(RunStatus.Completed)]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Quarantined)]
    [InlineData(RunStatus.Pending)]
    public async Task R352_A_commit_with_a_transition_repeated_exactly_is_fenced_and_changes_nothing(RunStatus status)
    {
        var held = await HoldAsync();
        var commit = new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1)], Transition = new RunTransition { Status = status, Result = "7"u8.ToArray() } };
        await CommitAsync(commit);
        var before = await FindAsync();
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(CommitResult.Fenced, await CommitAsync(commit));

        Assert.Equal(WithoutBytes(before), WithoutBytes(await FindAsync()));
        Assert.Single(await ReadAsync());
    }

    [Fact]
    public async Task R353_A_commit_of_clearings_alone_may_be_repeated()
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 1);
        var commit = new RunCommit { RunId = "run", Epoch = held.Epoch, Cleared = [1] };

        Assert.Equal(CommitResult.Committed, await CommitAsync(commit));
        Assert.Equal(CommitResult.Committed, await CommitAsync(commit));

        Assert.Equal(CheckpointStatus.Cleared, Assert.Single(await ReadAsync()).Status);
    }

    [Fact]
    public async Task R354_A_commit_repeated_after_the_next_claim_is_fenced()
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 1);
        Clock.Advance(Lease);
        await ClaimAsync(worker: "w2");

        Assert.Equal(CommitResult.Fenced, await CommitStepAsync(held, 1));
        Assert.Single(await ReadAsync());
    }

    [Fact]
    public async Task R355_After_a_refused_commit_the_run_is_held_as_before()
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 5);
        await Assert.ThrowsAsync<ArgumentException>(() => CommitStepAsync(held, 5));

        Assert.Empty(await RenewAsync(held));
        Assert.Equal(CommitResult.Committed, await CommitStepAsync(held, 6));
    }

    [Theory]
    [InlineData("nobody", 1)]
    [InlineData("run", 1)]
    [InlineData("run", 2)]
    public async Task R356_A_commit_that_is_a_mistake_whatever_is_stored_is_refused_whoever_makes_it(string runId, long epoch)
    {
        await HoldAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(new RunCommit { RunId = runId, Epoch = epoch, Checkpoints = [Step(2), Step(2)] }));
        await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(new RunCommit { RunId = runId, Epoch = epoch, Checkpoints = [Step(0)] }));
        await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(new RunCommit { RunId = runId, Epoch = epoch, Transition = new RunTransition { Status = RunStatus.Running } }));

        Assert.Empty(await ReadAsync());
        Assert.Equal(RunStatus.Running, (await FindAsync()).Status);
    }

    [Fact]
    public async Task R357_A_refused_commit_clears_nothing_and_ends_nothing()
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 1);
        var before = await FindAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(new RunCommit
        {
            RunId = "run",
            Epoch = held.Epoch,
            Checkpoints = [Step(1)],
            Cleared = [1],
            Transition = new RunTransition { Status = RunStatus.Failed, FailingSet = [1] },
        }));

        Assert.Equal(WithoutBytes(before), WithoutBytes(await FindAsync()));
        Assert.Equal(CheckpointStatus.Completed, Assert.Single(await ReadAsync()).Status);
    }

    [Fact]
    public async Task R358_A_commit_may_clear_what_it_adds()
    {
        var held = await HoldAsync();

        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1), Step(2)], Cleared = [2] });

        Assert.Equal([CheckpointStatus.Completed, CheckpointStatus.Cleared], (await ReadAsync()).Select(checkpoint => checkpoint.Status));
    }

    [Fact]
    public async Task R359_A_clearing_changes_the_status_and_nothing_else_of_a_checkpoint()
    {
        var held = await HoldAsync();
        var given = Step(1) with { Status = CheckpointStatus.Failed, Error = "boom"u8.ToArray(), Arguments = "[]"u8.ToArray() };
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [given] });

        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Cleared = [1] });

        var read = Assert.Single(await ReadAsync());
        Assert.Equal(WithoutBytes(given) with { Status = CheckpointStatus.Cleared }, WithoutBytes(read));
        Assert.Equal(Bytes(given), Bytes(read));
    }

    [Fact]
    public async Task R360_A_commit_changes_nothing_of_other_runs()
    {
        await CreateAsync("run");
        await CreateAsync("other");
        var held = (await ClaimAsync()).ToDictionary(run => run.RunId);
        await CommitStepAsync(held["other"], 1);
        var before = await FindAsync("other");

        await CommitAsync(new RunCommit { RunId = "run", Epoch = 1, Checkpoints = [Step(1)], Cleared = [1], Transition = new RunTransition { Status = RunStatus.Failed, FailingSet = [1] } });
        await ResumeAsync("run");

        Assert.Equal(WithoutBytes(before), WithoutBytes(await FindAsync("other")));
        Assert.Equal(CheckpointStatus.Completed, Assert.Single(await ReadAsync("other")).Status);
    }
}
