namespace Durable.Storage.Contract;

/// <summary>Runs that ended for good.</summary>
public abstract partial class StoreContract
{
    [Theory]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Canceled)]
    public async Task R531_A_final_run_is_not_resumed(RunStatus status)
    {
        var held = await HoldAsync();
        await CommitStepAsync(held, 1);
        await LetGoAsync(held, new RunTransition { Status = status, IsFinal = true, Error = "boom"u8.ToArray(), FailingSet = [1] });
        var before = await FindAsync();

        Assert.Equal(status, await ResumeAsync());

        Assert.True(before.IsFinal);
        Assert.Equal(WithoutBytes(before), WithoutBytes(await FindAsync()));
        Assert.Equal(("boom", CheckpointStatus.Completed), (Text((await FindAsync()).Error), Assert.Single(await ReadAsync()).Status));
        Assert.Empty(await ClaimAsync());
    }

    [Theory]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Canceled)]
    [InlineData(RunStatus.Quarantined)]
    [InlineData(RunStatus.Completed)]
    public async Task R532_A_run_is_not_final_unless_the_transition_says_so(RunStatus status)
    {
        await LetGoAsync(await HoldAsync(), status);

        Assert.False((await FindAsync()).IsFinal);
    }

    [Fact]
    public async Task R533_A_terminated_run_is_final()
    {
        await CreateAsync("run");

        await TerminateAsync();

        Assert.True((await FindAsync()).IsFinal);
        Assert.Equal(RunStatus.Canceled, await ResumeAsync());
        Assert.Empty(await ClaimAsync());
    }

    [Theory]
    [InlineData(RunStatus.Pending)]
    [InlineData(RunStatus.Suspended)]
    [InlineData(RunStatus.Completed)]
    [InlineData(RunStatus.Quarantined)]
    public async Task R534_Only_what_failed_or_was_canceled_can_be_final(RunStatus status)
    {
        var held = await HoldAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => LetGoAsync(held, new RunTransition { Status = status, IsFinal = true, Wait = status == RunStatus.Suspended ? s_wait : null }));

        Assert.Equal(CommitResult.Committed, await CommitStepAsync(held, 1));
    }
}
