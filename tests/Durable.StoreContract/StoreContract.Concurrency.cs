namespace Durable.Storage.Contract;

public abstract partial class StoreContract
{
    [Fact]
    public async Task R801_Of_many_creators_of_one_id_exactly_one_creates_it()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 32).Select(number => Task.Run(() => CreateAsync("run", new WorkflowIdentity("Order", number + 1)))));

        Assert.Single(results, result => result.Created);
        Assert.Single(results.Select(result => result.Run.Workflow).Distinct());
    }

    [Fact]
    public async Task R802_Of_many_claimers_exactly_one_gets_each_run()
    {
        for (var number = 0; number < 60; number++)
            await CreateAsync($"run-{number}");

        var claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(() => ClaimAsync(max: 5, worker: $"w{worker}"))));

        var ids = claims.SelectMany(claim => claim).Select(run => run.RunId).ToArray();
        Assert.Equal(60, ids.Length);
        Assert.Equal(60, ids.Distinct().Count());
    }

    [Fact]
    public async Task R803_Concurrent_commits_of_many_runs_are_all_stored_in_order()
    {
        for (var number = 0; number < 16; number++)
            await CreateAsync($"run-{number}");
        var held = await ClaimAsync(max: 16);

        await Task.WhenAll(held.Select(run => Task.Run(async () =>
        {
            for (var sequence = 1; sequence <= 20; sequence++)
                Assert.Equal(CommitResult.Committed, await CommitStepAsync(run, sequence));
        })));

        foreach (var run in held)
            Assert.Equal(Enumerable.Range(1, 20).Select(number => (long)number), (await ReadAsync(run.RunId)).Select(checkpoint => checkpoint.Sequence));
    }

    [Fact]
    public async Task R804_A_mistaken_commit_does_not_spoil_concurrent_ones()
    {
        for (var number = 0; number < 16; number++)
            await CreateAsync($"run-{number}");
        var held = await ClaimAsync(max: 16);
        foreach (var run in held)
            await CommitStepAsync(run, 1);

        var outcomes = await Task.WhenAll(held.Select((run, index) => Task.Run(async () =>
        {
            try
            {
                return (await CommitStepAsync(run, index % 4 == 0 ? 1 : 2)).ToString();
            }
            catch (ArgumentException)
            {
                return "refused";
            }
        })));

        Assert.Equal(held.Select((_, index) => index % 4 == 0 ? "refused" : "Committed"), outcomes);
        for (var index = 0; index < held.Count; index++)
            Assert.Equal(index % 4 == 0 ? 1 : 2, (await ReadAsync(held[index].RunId)).Count);
    }

    [Fact]
    public async Task R805_Of_many_concurrent_ends_of_one_run_exactly_one_is_stored()
    {
        var held = await HoldAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 16).Select(number => Task.Run(async () =>
            (Number: (byte)number, Result: await LetGoAsync(held, new RunTransition { Status = RunStatus.Completed, Result = new[] { (byte)number } })))));

        var winner = Assert.Single(results, result => result.Result == CommitResult.Committed);
        Assert.Equal([winner.Number], (await FindAsync()).Result.ToArray());
    }

    [Fact]
    public async Task R806_A_read_never_sees_half_a_commit()
    {
        var held = await HoldAsync();
        var writing = Task.Run(async () =>
        {
            for (var sequence = 1; sequence < 60; sequence += 2)
                await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(sequence), Step(sequence + 1)] });
        });

        do
            Assert.Equal(0, (await ReadAsync()).Count % 2);
        while (!writing.IsCompleted);

        await writing;
        Assert.Equal(60, (await ReadAsync()).Count);
    }

    [Fact]
    public async Task R807_Of_concurrent_resumes_one_raises_the_attempt()
    {
        await LetGoAsync(await HoldAsync(), RunStatus.Failed);

        var found = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => ResumeAsync())));

        Assert.Single(found, status => status == RunStatus.Failed);
        Assert.Equal(2, (await FindAsync()).Attempt);
    }
}
