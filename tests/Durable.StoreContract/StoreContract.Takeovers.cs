namespace Durable.Storage.Contract;

/// <summary>How often in a row a run was taken over from a holder that stored nothing of it: by that a run is known that kills who works on it.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task R271_A_run_that_was_never_lost_has_no_takeovers()
    {
        Assert.Equal(0, (await CreateAsync("run")).Run.Takeovers);

        Assert.Equal(0, Assert.Single(await ClaimAsync()).Takeovers);
    }

    [Fact]
    public async Task R272_Each_claim_from_a_holder_that_stored_nothing_counts()
    {
        await HoldAsync();

        for (var takeovers = 1; takeovers <= 3; takeovers++)
        {
            Assert.Equal(takeovers, (await TakeOverAsync()).Takeovers);
            Assert.Equal(takeovers, (await FindAsync()).Takeovers);
        }
    }

    [Fact]
    public async Task R273_A_holder_that_stored_something_and_then_lost_the_run_counts_as_the_first()
    {
        await HoldAsync();
        await TakeOverAsync();
        var held = await TakeOverAsync();
        Assert.Equal(2, held.Takeovers);
        await CommitStepAsync(held, 1);

        Assert.Equal(1, (await TakeOverAsync()).Takeovers);
        Assert.Equal(2, (await TakeOverAsync()).Takeovers);
    }

    [Fact]
    public async Task R274_A_claim_of_a_run_that_was_let_go_of_changes_nothing_when_nothing_was_stored()
    {
        await HoldAsync();
        await LetGoAsync(await TakeOverAsync(), RunStatus.Pending);

        Assert.Equal(1, Assert.Single(await ClaimAsync()).Takeovers);
        Assert.Equal(2, (await TakeOverAsync()).Takeovers);
    }

    [Fact]
    public async Task R275_A_claim_of_a_run_that_was_let_go_of_starts_from_0_when_something_was_stored()
    {
        await HoldAsync();
        var held = await TakeOverAsync();
        await CommitStepAsync(held, 1);
        await LetGoAsync(held, RunStatus.Pending);

        Assert.Equal(0, Assert.Single(await ClaimAsync()).Takeovers);
        Assert.Equal(1, (await TakeOverAsync()).Takeovers);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task R276_A_suspension_is_a_release_like_any(bool stores, int takeovers)
    {
        await HoldAsync();
        var held = await TakeOverAsync();
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = stores ? [Step(1)] : [], Transition = Suspension(s_wait) });
        Clock.Advance(s_wait);

        Assert.Equal(takeovers, Assert.Single(await ClaimAsync()).Takeovers);
    }

    [Fact]
    public async Task R277_A_run_keeps_its_takeovers_when_it_is_set_aside_and_a_resume_sets_them_to_0()
    {
        await HoldAsync();
        await TakeOverAsync();
        await LetGoAsync(await TakeOverAsync(), RunStatus.Quarantined);
        Assert.Equal(2, (await FindAsync()).Takeovers);

        await ResumeAsync();

        Assert.Equal(0, (await FindAsync()).Takeovers);
        Assert.Equal(0, Assert.Single(await ClaimAsync()).Takeovers);
        Assert.Equal(1, (await TakeOverAsync()).Takeovers);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task R278_A_decision_lets_a_run_that_ended_begin_anew_and_a_suspended_one_as_it_stands(bool suspends, int takeovers)
    {
        await HoldAsync();
        var held = await TakeOverAsync();
        await LetGoAsync(held, suspends ? Suspension(s_wait) : new RunTransition { Status = RunStatus.Failed });
        Assert.True(await DecideAsync(Decision() with { Epoch = 2 }));

        Assert.Equal(takeovers, Assert.Single(await ClaimAsync()).Takeovers);
    }

    [Fact]
    public async Task R279_A_clearing_is_no_checkpoint()
    {
        await CommitStepAsync(await HoldAsync(), 1);
        var held = await TakeOverAsync();
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Cleared = [1] });

        Assert.Equal(2, (await TakeOverAsync()).Takeovers);
    }

    [Fact]
    public async Task R280_Renewals_and_cancellations_change_no_takeovers()
    {
        await HoldAsync();
        var held = await TakeOverAsync();
        await RenewAsync(held);
        await CancelAsync();
        Assert.Equal(1, (await FindAsync()).Takeovers);
        await CommitAsync(Knowing(held) with { Transition = new RunTransition { Status = RunStatus.Pending } });

        Assert.Equal(1, Assert.Single(await ClaimAsync()).Takeovers);
    }

    [Fact]
    public async Task R281_What_a_run_begins_with_was_stored_by_no_holder()
    {
        await Store.CreateRunAsync(Run("run") with { Checkpoints = [Step(1), Step(2)] }, default);
        Assert.Equal(0, Assert.Single(await ClaimAsync()).Takeovers);

        Assert.Equal(1, (await TakeOverAsync()).Takeovers);
        Assert.Equal(2, (await TakeOverAsync()).Takeovers);
    }

    [Fact]
    public async Task R282_Takeovers_are_counted_for_each_run_alone()
    {
        await HoldAsync("a");
        Clock.Advance(Lease);
        await HoldManyAsync("b");

        Assert.Equal([("a", 1), ("b", 0)], (await Task.WhenAll(FindAsync("a"), FindAsync("b"))).Select(run => (run.RunId, run.Takeovers)));
    }

    /// <summary>The lease passes, and another worker claims the run.</summary>
    private async Task<RunRecord> TakeOverAsync()
    {
        Clock.Advance(Lease);
        return Assert.Single(await ClaimAsync(worker: "next"));
    }

    private async Task HoldManyAsync(string runId)
    {
        await CreateAsync(runId);
        Assert.Equal(2, (await ClaimAsync()).Count);
    }
}
