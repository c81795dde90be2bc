namespace Durable.Storage.Contract;

/// <summary>A commit may say what it builds on. A store that has lost some of it refuses; none of these loses any, so that every true word passes.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task R391_A_commit_that_says_what_is_stored_is_written()
    {
        var held = await HoldAsync();

        Assert.Equal(CommitResult.Committed, await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, LastSequence = 0, Checkpoints = [Step(1), Step(2)] }));
        Assert.Equal(CommitResult.Committed, await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, LastSequence = 2, Checkpoints = [Step(3)] }));
        Assert.Equal(CommitResult.Committed, await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, LastSequence = 3, Cleared = [1], Transition = new RunTransition { Status = RunStatus.Completed } }));

        Assert.Equal((RunStatus.Completed, 3L), ((await FindAsync()).Status, (await FindAsync()).LastSequence));
    }

    [Fact]
    public async Task R392_A_commit_that_does_not_say_what_it_builds_on_is_written()
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 1);

        Assert.Equal(CommitResult.Committed, await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, LastSequence = null, Checkpoints = [Step(2)] }));
    }

    [Fact]
    public async Task R393_A_commit_that_builds_on_less_than_there_is_is_judged_by_its_sequences()
    {
        var held = await HoldAsync();
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1), Step(2)] });

        await Assert.ThrowsAsync<ArgumentException>(() => CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, LastSequence = 1, Checkpoints = [Step(2)] }));
        Assert.Equal(CommitResult.Committed, await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, LastSequence = 1, Checkpoints = [Step(3)] }));
    }

    [Fact]
    public async Task R394_A_commit_that_builds_on_more_than_there_is_finds_the_run_damaged_and_writes_nothing()
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 1);

        var damage = await Assert.ThrowsAsync<RunDamagedException>(() => CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, LastSequence = 2, Checkpoints = [Step(3)], Transition = new RunTransition { Status = RunStatus.Completed } }));

        Assert.Equal("run", damage.RunId);
        Assert.Equal((RunStatus.Running, 1L), ((await FindAsync()).Status, (await FindAsync()).LastSequence));
    }

    [Fact]
    public async Task R395_A_holder_that_lost_the_run_is_fenced_whatever_it_builds_on()
    {
        var late = await HoldAsync();
        Clock.Advance(Lease);
        await ClaimAsync(worker: "w2");

        Assert.Equal(CommitResult.Fenced, await CommitAsync(new RunCommit { RunId = "run", Epoch = late.Epoch, LastSequence = 9, Checkpoints = [Step(10)] }));
    }
}
