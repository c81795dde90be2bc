namespace Durable.Storage.Contract;

/// <summary>
/// What a store promises that many processes open at once, as numbered requirements: a worker and, beside it, a client. The test project of such a store inherits this class too.
/// 15xx two openings.
/// </summary>
/// <param name="factory">Makes the store under test; <see cref="StoreFactory.AllowsManyOpenings"/> is true.</param>
public abstract class SharedStoreContract(StoreFactory factory) : StoreSuite(factory)
{
    /// <summary>The client's opening; <see cref="StoreSuite.Store"/> is the worker's.</summary>
    protected IRunStore Client { get; private set; } = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        Client = Factory.OpenAgain(Clock);
        await Client.InitializeAsync(default);
    }

    public override async Task DisposeAsync()
    {
        await Client.DisposeAsync();
        await base.DisposeAsync();
    }

    [Fact]
    public async Task R1501_What_a_client_creates_the_worker_claims()
    {
        Assert.True((await Client.CreateRunAsync(Run("run"), default)).Created);

        Assert.Equal("{}", Text(Assert.Single(await ClaimAsync()).Input));
    }

    [Fact]
    public async Task R1502_What_the_worker_wrote_a_client_reads_at_once()
    {
        for (var sequence = 1; sequence <= 20; sequence++)
        {
            var held = await HoldAsync($"run-{sequence}");
            await CommitAsync(new RunCommit { RunId = held.RunId, Epoch = 1, Checkpoints = [Step(1)], Transition = new RunTransition { Status = RunStatus.Completed, Result = "9"u8.ToArray() } });

            Assert.Equal("9", Text((await Client.FindRunAsync(held.RunId, default))!.Result));
            Assert.Single(await Client.ReadCheckpointsAsync(held.RunId, default));
            Assert.Equal(sequence, Assert.Single(await Client.CountRunsAsync(default)).Count);
        }
    }

    [Fact]
    public async Task R1503_What_a_client_resumes_the_worker_claims_in_the_next_attempt()
    {
        await LetGoAsync(await HoldAsync(), RunStatus.Failed);

        Assert.Equal(RunStatus.Failed, await Client.ResumeRunAsync(new ResumeRequest("run", false), default));

        Assert.Equal(2, Assert.Single(await ClaimAsync()).Attempt);
    }

    [Fact]
    public async Task R1504_Of_two_openings_that_create_one_id_exactly_one_creates_it()
    {
        for (var number = 0; number < 20; number++)
        {
            var run = Run($"run-{number}");
            var results = await Task.WhenAll(Task.Run(() => CreateAsync(run.RunId)), Task.Run(() => Client.CreateRunAsync(run, default).AsTask()));

            Assert.Single(results, result => result.Created);
        }

        Assert.Equal(20, (await ClaimAsync(max: 100)).Count);
    }

    [Fact]
    public async Task R1505_Two_openings_that_write_at_once_lose_nothing()
    {
        var held = await HoldAsync();
        var creating = Task.Run(async () =>
        {
            for (var number = 0; number < 50; number++)
                await Client.CreateRunAsync(Run($"run-{number}"), default);
        });
        for (var sequence = 1; sequence <= 50; sequence++)
            Assert.Equal(CommitResult.Committed, await CommitStepAsync(held, sequence));
        await creating;

        Assert.Equal(50, (await ReadAsync()).Count);
        Assert.Equal(50, (await ClaimAsync(max: 100)).Count);
    }

    [Fact]
    public async Task R1506_A_client_that_closes_disturbs_nobody()
    {
        var held = await HoldAsync();
        await Client.DisposeAsync();

        Assert.Equal(CommitResult.Committed, await CommitStepAsync(held, 1));
        Assert.Single(await ReadAsync());
    }
}
