namespace Durable.Storage.Contract;

/// <summary>The largest of everything that the engine gives a store.</summary>
public abstract partial class StoreContract
{
    // Two bytes and three in UTF-8, and pairs of surrogates: characters are not bytes.
    public static TheoryData<string> WideCharacters => new() { "x", "\u00E9", "\u4E2D", "\U0001F600" };

    [Theory]
    [MemberData(nameof(WideCharacters))]
    public async Task R1301_The_longest_run_id_workflow_name_and_worker_are_kept(string character)
    {
        var (id, workflow) = (Long(character, DurableLimits.MaxRunIdLength), new WorkflowIdentity(Long(character, DurableLimits.MaxNameLength), 1));
        await CreateAsync(id, workflow);

        var held = Assert.Single(await ClaimAsync(worker: id, workflows: [workflow]));

        Assert.Equal((id, workflow, id), (held.RunId, held.Workflow, held.Worker));
        Assert.Equal(id, (await FindAsync(id)).RunId);
    }

    [Theory]
    [MemberData(nameof(WideCharacters))]
    public async Task R1302_The_longest_step_id_is_kept(string character)
    {
        var stepId = Long(character, DurableLimits.MaxStepIdLength);
        await HoldAsync();

        await CommitAsync(new RunCommit { RunId = "run", Epoch = 1, Checkpoints = [Step(1) with { StepId = stepId, BuildId = Long(character, 100) }] });

        Assert.Equal((stepId, Long(character, 100)), (Assert.Single(await ReadAsync()).StepId, Assert.Single(await ReadAsync()).BuildId));
    }

    [Fact]
    public async Task R1303_Ids_of_the_longest_length_that_differ_in_the_last_character_are_different()
    {
        var prefix = new string('x', DurableLimits.MaxRunIdLength - 1);

        Assert.True((await CreateAsync(prefix + "a")).Created);
        Assert.True((await CreateAsync(prefix + "b")).Created);
    }

    [Fact]
    public async Task R1304_A_commit_may_have_ten_thousand_checkpoints()
    {
        await HoldAsync();

        await CommitAsync(new RunCommit { RunId = "run", Epoch = 1, Checkpoints = [.. Steps(1, 10_000)] });

        Assert.Equal(Sequences(10_000), (await ReadAsync()).Select(checkpoint => checkpoint.Sequence));
    }

    [Fact]
    public async Task R1305_A_run_may_have_as_many_checkpoints_as_the_limit_says()
    {
        await HoldAsync();
        const int InOneCommit = 10_000;
        for (var first = 1; first <= DurableLimits.MaxCheckpointsPerRun; first += InOneCommit)
            await CommitAsync(new RunCommit { RunId = "run", Epoch = 1, Checkpoints = [.. Steps(first, InOneCommit)] });

        Assert.Equal(Sequences(DurableLimits.MaxCheckpointsPerRun), (await ReadAsync()).Select(checkpoint => checkpoint.Sequence));
    }

    [Fact]
    public async Task R1306_A_failing_set_may_have_ten_thousand_sequences()
    {
        await HoldAsync();
        await CommitAsync(new RunCommit
        {
            RunId = "run",
            Epoch = 1,
            Checkpoints = [.. Steps(1, 10_000)],
            Transition = new RunTransition { Status = RunStatus.Failed, FailingSet = [.. Sequences(10_000)] },
        });

        await ResumeAsync();

        Assert.All(await ReadAsync(), checkpoint => Assert.Equal(CheckpointStatus.Cleared, checkpoint.Status));
    }

    [Fact]
    public async Task R1307_A_claim_may_take_a_thousand_runs_and_a_renewal_keep_them()
    {
        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(number => CreateAsync($"run-{number}")));

        var held = await ClaimAsync(max: 1_000);

        Assert.Equal(1_000, held.Count);
        Assert.Empty(await RenewAsync([.. held]));
    }

    [Fact]
    public async Task R1308_A_claim_may_name_a_thousand_workflows()
    {
        var workflows = Enumerable.Range(1, 1_000).Select(version => new WorkflowIdentity("Order", version)).ToArray();
        await CreateAsync("first", workflows[0]);
        await CreateAsync("last", workflows[^1]);

        Assert.Equal(["first", "last"], Ids(await ClaimAsync(workflows: workflows)));
    }

    [Fact]
    public async Task R1309_All_payloads_of_a_commit_may_have_the_largest_size()
    {
        var largest = new byte[DurableLimits.MaxPayloadBytes];
        new Random(1).NextBytes(largest);
        await Store.CreateRunAsync(Run("run") with { Input = largest }, default);
        await ClaimAsync();
        await CommitAsync(new RunCommit
        {
            RunId = "run",
            Epoch = 1,
            Checkpoints = [Step(1) with { Arguments = largest, Result = largest }, Step(2) with { Error = largest }],
            Transition = new RunTransition { Status = RunStatus.Failed, Result = largest, Error = largest },
        });

        var (run, steps) = (await FindAsync(), await ReadAsync());

        Assert.All([run.Input, run.Result, run.Error, steps[0].Arguments, steps[0].Result, steps[1].Error], payload => Assert.True(payload.Span.SequenceEqual(largest)));
    }

    private static string Long(string character, int length) => string.Concat(Enumerable.Repeat(character, length / character.Length));

    private static IEnumerable<CheckpointRecord> Steps(int first, int count) => Enumerable.Range(first, count).Select(sequence => Step(sequence));

    private static IEnumerable<long> Sequences(int count) => Enumerable.Range(1, count).Select(number => (long)number);
}
