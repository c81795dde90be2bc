namespace Durable.Storage.Contract;

/// <summary>Five hundred hostile texts in every place where a store keeps text.</summary>
public abstract partial class StoreContract
{
    [Fact]
    public async Task R1401_Five_hundred_hostile_run_ids_are_five_hundred_runs()
    {
        foreach (var id in HostileTexts.All)
            Assert.True((await CreateAsync(id)).Created, id);

        Assert.Equal(500, HostileTexts.All.Count);
        Assert.Equal(HostileTexts.All, Ids(await ClaimAsync(max: 1_000)));
    }

    [Fact]
    public async Task R1402_Each_hostile_run_id_names_its_own_run_in_every_verb()
    {
        for (var index = 0; index < HostileTexts.All.Count; index++)
            await Store.CreateRunAsync(Run(HostileTexts.All[index]) with { Fingerprint = index }, default);

        foreach (var held in await ClaimAsync(max: 1_000))
        {
            Assert.Empty(await RenewAsync(held));
            Assert.Equal(CommitResult.Committed, await CommitAsync(new RunCommit { RunId = held.RunId, Epoch = 1, Checkpoints = [Step(1) with { StepId = held.RunId }], Transition = new RunTransition { Status = RunStatus.Failed } }));
            Assert.Equal(held.RunId, Assert.Single(await ReadAsync(held.RunId)).StepId);
            Assert.Equal(RunStatus.Failed, await ResumeAsync(held.RunId));
            var found = await FindAsync(held.RunId);
            Assert.Equal((held.RunId, 2, held.RunId), (found.RunId, found.Attempt, HostileTexts.All[(int)found.Fingerprint]));
        }
    }

    [Fact]
    public async Task R1403_Hostile_step_ids_and_build_ids_come_back_exactly()
    {
        await HoldAsync();
        await CommitAsync(new RunCommit { RunId = "run", Epoch = 1, Checkpoints = [.. HostileTexts.All.Select((text, index) => Step(index + 1) with { StepId = text, BuildId = text })] });

        var read = await ReadAsync();

        Assert.Equal(HostileTexts.All, read.Select(checkpoint => checkpoint.StepId));
        Assert.Equal(HostileTexts.All, read.Select(checkpoint => checkpoint.BuildId));
    }

    [Fact]
    public async Task R1404_Hostile_workflow_names_are_different_workflows()
    {
        for (var index = 0; index < HostileTexts.All.Count; index++)
            await CreateAsync($"run-{index}", new WorkflowIdentity(HostileTexts.All[index], 1));

        for (var index = 0; index < HostileTexts.All.Count; index++)
        {
            var held = Assert.Single(await ClaimAsync(workflows: [new WorkflowIdentity(HostileTexts.All[index], 1)]));
            Assert.Equal(($"run-{index}", HostileTexts.All[index]), (held.RunId, held.Workflow.Name));
        }

        Assert.Equal(500, (await Store.CountRunsAsync(default)).Count);
    }

    [Fact]
    public async Task R1405_Hostile_worker_names_come_back_exactly()
    {
        await CreateAsync("run");
        foreach (var worker in HostileTexts.All.Where((_, index) => index % 5 == 0))
        {
            var held = Assert.Single(await ClaimAsync(worker: worker));
            Assert.Equal(worker, (await FindAsync()).Worker);
            await LetGoAsync(held, RunStatus.Pending);
        }
    }

    [Fact]
    public async Task R1406_Run_ids_and_workflow_names_that_cannot_be_kept_are_refused_and_nothing_is_created()
    {
        foreach (var text in HostileTexts.Refused)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => CreateAsync(text));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => CreateAsync("run", new WorkflowIdentity(text, 1)));
        }

        Assert.Empty(await Store.CountRunsAsync(default));
    }

    [Fact]
    public async Task R1407_Step_ids_and_build_ids_that_cannot_be_kept_are_refused_and_nothing_is_written()
    {
        var held = await HoldAsync();
        foreach (var text in HostileTexts.Refused)
        {
            await Assert.ThrowsAnyAsync<ArgumentException>(() => CommitAsync(new RunCommit { RunId = "run", Epoch = 1, Checkpoints = [Step(1), Step(2) with { StepId = text }] }));
            await Assert.ThrowsAnyAsync<ArgumentException>(() => CommitAsync(new RunCommit { RunId = "run", Epoch = 1, Checkpoints = [Step(1) with { BuildId = text }] }));
        }

        Assert.Empty(await ReadAsync());
        Assert.Equal(CommitResult.Committed, await CommitStepAsync(held, 1));
    }

    [Fact]
    public async Task R1408_Worker_names_that_cannot_be_kept_are_refused_and_nothing_is_claimed()
    {
        await CreateAsync("run");
        foreach (var text in HostileTexts.Refused)
            await Assert.ThrowsAnyAsync<ArgumentException>(() => ClaimAsync(worker: text));

        Assert.Equal(1, Assert.Single(await ClaimAsync()).Epoch);
    }

    [Fact]
    public async Task R1409_An_id_is_never_a_pattern()
    {
        await CreateAsync("run");
        foreach (var pattern in (string[])["%", "r%", "_un", "r*", "r?n", "[r]un", "RUN", "run ", " run", "ru", "run1", ".*"])
            Assert.Null(await Store.FindRunAsync(pattern, default));
    }
}
