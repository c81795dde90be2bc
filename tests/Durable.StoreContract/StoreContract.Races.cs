namespace Durable.Storage.Contract;

/// <summary>Verbs that race for one run: whoever comes first, the two answers agree with each other and with what is stored.</summary>
public abstract partial class StoreContract
{
    private const int Races = 40;

    [Fact]
    public async Task R851_Of_a_late_renewal_and_a_claim_exactly_one_gets_the_run()
    {
        await RaceAsync(async run =>
        {
            var renewing = Task.Run(() => RenewAsync(run));
            var claiming = Task.Run(() => ClaimAsync(worker: "w2"));

            Assert.Equal(await claiming is [], await renewing is []);
        });
    }

    [Fact]
    public async Task R852_A_claim_sees_the_commit_that_it_did_not_fence()
    {
        await RaceAsync(async run =>
        {
            var committing = Task.Run(() => CommitStepAsync(run, 1));
            var claiming = Task.Run(() => ClaimAsync(worker: "w2"));

            var claimed = Assert.Single(await claiming);
            Assert.Equal(await committing == CommitResult.Committed ? 1 : 0, claimed.LastSequence);
            Assert.Equal(claimed.LastSequence, (await ReadAsync(run.RunId)).Count);
        });
    }

    [Fact]
    public async Task R853_Of_a_late_end_and_a_claim_exactly_one_takes_effect()
    {
        await RaceAsync(async run =>
        {
            var ending = Task.Run(() => LetGoAsync(run, RunStatus.Completed));
            var claiming = Task.Run(() => ClaimAsync(worker: "w2"));

            Assert.Equal(await ending == CommitResult.Committed, await claiming is []);
            Assert.Equal(await ending == CommitResult.Committed ? RunStatus.Completed : RunStatus.Running, (await FindAsync(run.RunId)).Status);
        });
    }

    [Fact]
    public async Task R854_A_run_that_is_resumed_while_others_claim_is_claimed_once_in_its_next_attempt()
    {
        await RaceAsync(async run =>
        {
            await LetGoAsync(run, RunStatus.Failed);
            var resuming = Task.Run(() => ResumeAsync(run.RunId));
            var claims = await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() => ClaimAsync(worker: $"w{worker}"))));

            Assert.Equal(RunStatus.Failed, await resuming);
            RunRecord[] claimed = [.. claims.SelectMany(claim => claim), .. await ClaimAsync()];
            Assert.Equal((2, 2L), (Assert.Single(claimed).Attempt, claimed[0].Epoch));
        });
    }

    [Fact]
    public async Task R855_A_run_that_is_released_while_others_claim_goes_to_one_of_them()
    {
        await RaceAsync(async run =>
        {
            var releasing = Task.Run(() => LetGoAsync(run, RunStatus.Pending));
            var claims = await Task.WhenAll(Enumerable.Range(0, 4).Select(worker => Task.Run(() => ClaimAsync(worker: $"w{worker}"))));
            await releasing;

            Assert.Equal(2, Assert.Single([.. claims.SelectMany(claim => claim), .. await ClaimAsync()]).Epoch);
        }, expired: false);
    }

    [Fact]
    public async Task R856_Of_an_end_and_a_renewal_at_once_the_run_ends_and_is_never_claimed_again()
    {
        await RaceAsync(async run =>
        {
            var renewing = Task.Run(() => RenewAsync(run));
            Assert.Equal(CommitResult.Committed, await Task.Run(() => LetGoAsync(run, RunStatus.Completed)));
            await renewing;

            Clock.Advance(Lease);
            Assert.Empty(await ClaimAsync(worker: "w2"));
        }, expired: false);
    }

    [Fact]
    public async Task R857_A_count_sees_every_run_once_while_they_change_their_status()
    {
        for (var number = 0; number < 40; number++)
            await CreateAsync($"run-{number}");
        var working = Task.Run(async () =>
        {
            while (await ClaimAsync(max: 3) is { Count: > 0 } held)
            {
                foreach (var run in held)
                    await LetGoAsync(run, RunStatus.Completed);
            }
        });

        do
            Assert.Equal(40, (await Store.CountRunsAsync(default)).Sum(count => count.Count));
        while (!working.IsCompleted);
        await working;
    }

    [Fact]
    public async Task R858_A_run_that_is_found_while_it_is_written_is_of_one_moment()
    {
        var held = await HoldAsync();
        var writing = Task.Run(async () =>
        {
            for (var sequence = 1; sequence < 40; sequence++)
                await CommitAsync(new RunCommit { RunId = "run", Epoch = 1, Checkpoints = [Step(sequence)] });
            await CommitAsync(new RunCommit { RunId = "run", Epoch = 1, Checkpoints = [Step(40)], Transition = new RunTransition { Status = RunStatus.Completed, Result = "9"u8.ToArray() } });
        });

        RunRecord found;
        do
        {
            found = await FindAsync();
            Assert.Equal(found.LastSequence == 40, found.Status == RunStatus.Completed);
            Assert.Equal(found.LastSequence == 40, found.EndedAt is not null && Text(found.Result) == "9");
        }
        while (found.Status == held.Status);
        await writing;
    }

    [Fact]
    public async Task R859_Runs_that_are_created_while_others_are_claimed_are_all_claimed_once()
    {
        var creating = Enumerable.Range(0, 4).Select(creator => Task.Run(async () =>
        {
            for (var number = 0; number < 25; number++)
                await CreateAsync($"run-{creator}-{number}");
        })).ToArray();
        var claimed = new List<RunRecord>();

        while (!creating.All(task => task.IsCompleted))
            claimed.AddRange(await ClaimAsync(max: 7));
        await Task.WhenAll(creating);
        claimed.AddRange(await ClaimAsync(max: 100));

        Assert.Equal(100, claimed.Select(run => run.RunId).Distinct().Count());
        Assert.All(claimed, run => Assert.Equal(1, run.Epoch));
    }

    /// <summary>One run after another that a worker holds, by default with a lease that has passed.</summary>
    private async Task RaceAsync(Func<RunRecord, Task> race, bool expired = true)
    {
        for (var number = 0; number < Races; number++)
        {
            // A workflow of its own would keep earlier runs out; ending them does as well, and leaves the claim as simple as it is.
            var run = await HoldAsync($"run-{number}");
            if (expired)
                Clock.Advance(Lease);
            await race(run);
            await EndAsync(run.RunId);
        }
    }

    private async Task EndAsync(string runId)
    {
        if (await FindAsync(runId) is { Status: RunStatus.Running } run)
            await LetGoAsync(run, RunStatus.Canceled);
    }
}
