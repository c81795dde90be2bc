namespace Durable.Storage.Contract;

/// <summary>Tokens that fire, stores that are disposed.</summary>
public abstract partial class StoreContract
{
    private static readonly CancellationToken s_fired = new(canceled: true);
    private static readonly PurgeRequest s_everythingEnded = new() { Statuses = [RunStatus.Completed], Age = TimeSpan.Zero, Max = 1 };

    [Fact]
    public async Task R1101_A_create_whose_token_has_fired_creates_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.CreateRunAsync(Run("run"), s_fired));

        Assert.Null(await Store.FindRunAsync("run", default));
        Assert.Empty(await ClaimAsync());
    }

    [Fact]
    public async Task R1102_A_claim_whose_token_has_fired_claims_nothing()
    {
        await CreateAsync("run");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Store.ClaimRunsAsync(new ClaimRequest { Worker = "w1", Max = 1, Lease = Lease, Workflows = [Order] }, s_fired));

        Assert.Equal(1, Assert.Single(await ClaimAsync()).Epoch);
    }

    [Fact]
    public async Task R1103_A_commit_whose_token_has_fired_writes_nothing()
    {
        var held = await HoldAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await Store.CommitAsync(new RunCommit { RunId = "run", Epoch = 1, Checkpoints = [Step(1)], Transition = new RunTransition { Status = RunStatus.Failed } }, s_fired));

        Assert.Equal(CommitResult.Committed, await CommitStepAsync(held, 1));
    }

    [Fact]
    public async Task R1104_A_renewal_whose_token_has_fired_renews_nothing()
    {
        var held = await HoldAsync();
        Clock.Advance(Lease - TimeSpan.FromSeconds(1));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.RenewLeasesAsync(new LeaseRenewal([new RunLease("run", held.Epoch)], Lease), s_fired));

        Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Single(await ClaimAsync(worker: "w2"));
    }

    [Fact]
    public async Task R1105_A_resume_whose_token_has_fired_resumes_nothing()
    {
        await LetGoAsync(await HoldAsync(), RunStatus.Failed);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.ResumeRunAsync(new ResumeRequest("run", false), s_fired));

        Assert.Equal((RunStatus.Failed, 1), ((await FindAsync()).Status, (await FindAsync()).Attempt));
    }

    [Fact]
    public async Task R1106_A_read_whose_token_has_fired_is_canceled()
    {
        await CreateAsync("run");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.FindRunAsync("run", s_fired));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.ReadCheckpointsAsync("run", s_fired));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.CountRunsAsync(s_fired));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.ListRunsAsync(new RunQuery { Max = 1 }, s_fired));
    }

    [Fact]
    public async Task R1107_A_token_that_fires_during_a_commit_leaves_all_of_it_or_nothing()
    {
        for (var number = 0; number < 40; number++)
            await CreateAsync($"run-{number}");
        var held = await ClaimAsync(max: 40);
        using var source = new CancellationTokenSource();

        var commits = held.Select(run => Task.Run(async () =>
        {
            try
            {
                var commit = new RunCommit { RunId = run.RunId, Epoch = run.Epoch, Checkpoints = [Step(1), Step(2)], Transition = new RunTransition { Status = RunStatus.Completed } };
                return (CommitResult?)await Store.CommitAsync(commit, source.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }
        })).ToArray();
        await Task.WhenAny(commits);
        await source.CancelAsync();
        await Task.WhenAll(commits);

        for (var index = 0; index < commits.Length; index++)
        {
            var run = await FindAsync(held[index].RunId);
            var stored = (run.Status, (await ReadAsync(run.RunId)).Count);
            Assert.True(stored is (RunStatus.Completed, 2) || (stored is (RunStatus.Running, 0) && await commits[index] is null), $"{stored} after {await commits[index]}");
        }
    }

    [Fact]
    public async Task R1108_A_disposed_store_refuses_every_verb()
    {
        var held = await HoldAsync();
        await Store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => CreateAsync("other"));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => ClaimAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => CommitStepAsync(held, 1));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => RenewAsync(held));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => ResumeAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => FindAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => ReadAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await Store.CountRunsAsync(default));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await Store.ListRunsAsync(new RunQuery { Max = 1 }, default));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await Store.PurgeRunsAsync(s_everythingEnded, default));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await Store.TerminateRunAsync(new TerminateRequest("run", default), default));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => CancelAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => DecideAsync(Decision()));
    }

    [Fact]
    public async Task R1109_A_store_may_be_disposed_twice()
    {
        await Store.DisposeAsync();
        await Store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => CreateAsync("run"));
    }

    [Fact]
    public async Task R1110_Verbs_under_way_end_when_the_store_is_disposed()
    {
        var creating = Enumerable.Range(0, 50).Select(number => Task.Run(() => CreateAsync($"run-{number}"))).ToArray();
        await creating[0];

        await Store.DisposeAsync();

        foreach (var create in creating)
            Assert.True(await Record.ExceptionAsync(() => create) is null or ObjectDisposedException);
    }

    [Fact]
    public async Task R1111_A_store_may_be_initialized_by_many_at_once()
    {
        await CreateAsync("run");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            await Store.InitializeAsync(default);
            await Store.EnterAsWorkerAsync(default);
        })));

        Assert.Single(await ClaimAsync());
    }

    [Fact]
    public async Task R1112_A_purge_or_termination_whose_token_has_fired_does_nothing()
    {
        await LetGoAsync(await HoldAsync("ended"), RunStatus.Completed);
        await CreateAsync("waits");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.PurgeRunsAsync(s_everythingEnded, s_fired));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.TerminateRunAsync(new TerminateRequest("waits", default), s_fired));

        Assert.Equal((RunStatus.Completed, RunStatus.Pending), ((await FindAsync("ended")).Status, (await FindAsync("waits")).Status));
    }

    [Fact]
    public async Task R1113_A_cancellation_or_decision_whose_token_has_fired_does_nothing()
    {
        await LetGoAsync(await HoldAsync("ended"), RunStatus.Failed);
        await CreateAsync("waits");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.CancelRunAsync(new CancelRequest("waits", "why"u8.ToArray()), s_fired));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.DecideStepAsync(Decision() with { RunId = "ended" }, s_fired));

        Assert.Equal((RunStatus.Failed, true), ((await FindAsync("ended")).Status, (await FindAsync("waits")).Cancellation.IsEmpty));
    }
}
