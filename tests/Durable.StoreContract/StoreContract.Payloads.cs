using System.Text;

namespace Durable.Storage.Contract;

public abstract partial class StoreContract
{
    public static TheoryData<string> HostileIds => new()
    {
        "'; DROP TABLE runs; --",
        "\"quoted\" `ticked` [bracketed]",
        "%_*?",
        "order-\U0001F600-\U0001F468\u200D\U0001F469\u200D\U0001F467",
        "\u0645\u0631\u062D\u0628\u0627 \u202Eabc",
        "e\u0301 and \u00E9",
        " leading and trailing ",
        "line\r\nbreak\ttab",
        new string('x', 200),
    };

    [Theory]
    [MemberData(nameof(HostileIds))]
    public async Task R601_Every_run_id_comes_back_as_it_was_given(string id)
    {
        await CreateAsync(id);

        Assert.Equal(id, (await FindAsync(id)).RunId);
        var held = Assert.Single(await ClaimAsync(), run => run.RunId == id);
        Assert.Equal(CommitResult.Committed, await CommitStepAsync(held, 1));
        Assert.Single(await ReadAsync(id));
    }

    [Theory]
    [MemberData(nameof(HostileIds))]
    public async Task R602_Every_step_id_workflow_name_and_worker_comes_back_as_it_was_given(string text)
    {
        var workflow = new WorkflowIdentity(text, 3);
        await CreateAsync("run", workflow);
        var held = Assert.Single(await ClaimAsync(worker: text, workflows: [workflow]));
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1) with { StepId = text }] });

        Assert.Equal((workflow, text), (held.Workflow, held.Worker));
        Assert.Equal(text, Assert.Single(await ReadAsync()).StepId);
    }

    [Fact]
    public async Task R603_Ids_that_look_alike_are_different()
    {
        string[] ids = ["\u00E9", "e\u0301", "a", "A", "a ", " a", "a\u200B"];
        foreach (var id in ids)
            Assert.True((await CreateAsync(id)).Created);

        Assert.Equal(ids.Order(StringComparer.Ordinal), (await ClaimAsync()).Select(run => run.RunId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task R604_Payload_bytes_are_opaque_and_come_back_exactly()
    {
        var bytes = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        await Store.CreateRunAsync(Run("run") with { Input = bytes }, default);
        var held = Assert.Single(await ClaimAsync());
        Assert.Equal(bytes, held.Input.ToArray());

        await CommitAsync(new RunCommit
        {
            RunId = "run",
            Epoch = held.Epoch,
            Checkpoints = [Step(1) with { Arguments = bytes, Result = bytes, Error = bytes }],
            Transition = new RunTransition { Status = RunStatus.Failed, Result = bytes, Error = bytes },
        });

        var checkpoint = Assert.Single(await ReadAsync());
        var run = await FindAsync();
        Assert.All([checkpoint.Arguments, checkpoint.Result, checkpoint.Error, run.Input, run.Result, run.Error], payload => Assert.Equal(bytes, payload.ToArray()));
    }

    [Fact]
    public async Task R605_Empty_payloads_come_back_empty()
    {
        await Store.CreateRunAsync(Run("run") with { Input = default }, default);
        var held = Assert.Single(await ClaimAsync());
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1) with { Result = default }] });
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(2) with { Result = new byte[1] }] });

        Assert.True(held.Input.IsEmpty);
        Assert.Equal([0, 1], (await ReadAsync()).Select(checkpoint => checkpoint.Result.Length));
    }

    [Fact]
    public async Task R606_A_payload_of_the_largest_size_comes_back_exactly()
    {
        var bytes = new byte[DurableLimits.MaxPayloadBytes];
        for (var index = 0; index < bytes.Length; index++)
            bytes[index] = (byte)(index * 31);
        await HoldAsync();

        await CommitAsync(new RunCommit { RunId = "run", Epoch = 1, Checkpoints = [Step(1) with { Result = bytes }] });

        Assert.True(Assert.Single(await ReadAsync()).Result.Span.SequenceEqual(bytes));
    }

    [Fact]
    public async Task R607_Numbers_and_times_at_their_bounds_come_back_exactly()
    {
        await Store.CreateRunAsync(Run("run", new WorkflowIdentity("Order", int.MaxValue)) with { Fingerprint = long.MaxValue }, default);
        var held = Assert.Single(await ClaimAsync(workflows: [new WorkflowIdentity("Order", int.MaxValue)]));
        var given = Step(long.MaxValue) with
        {
            Attempt = int.MaxValue,
            Fingerprint = long.MaxValue,
            StartedAt = DateTimeOffset.MinValue,
            CompletedAt = DateTimeOffset.MaxValue,
        };
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [given] });

        Assert.Equal(WithoutBytes(given), WithoutBytes(Assert.Single(await ReadAsync())));
        Assert.Equal(long.MaxValue, (await FindAsync()).Fingerprint);
    }

    [Fact]
    public async Task R608_A_payload_that_is_part_of_a_larger_buffer_comes_back_as_that_part()
    {
        var buffer = Enumerable.Range(0, 100).Select(value => (byte)value).ToArray();
        await Store.CreateRunAsync(Run("run") with { Input = buffer.AsMemory(10, 5) }, default);
        var held = Assert.Single(await ClaimAsync());
        await CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1) with { Result = buffer.AsMemory(90) }] });

        Assert.Equal([10, 11, 12, 13, 14], (await FindAsync()).Input.ToArray());
        Assert.Equal(buffer[90..], Assert.Single(await ReadAsync()).Result.ToArray());
    }

    [Fact]
    public async Task R609_An_absent_payload_and_one_of_no_bytes_are_the_same()
    {
        var held = await HoldAsync();
        await CommitAsync(new RunCommit
        {
            RunId = "run",
            Epoch = held.Epoch,
            Checkpoints = [Step(1) with { Arguments = default, Result = Array.Empty<byte>(), Error = new byte[3].AsMemory(3) }],
            Transition = new RunTransition { Status = RunStatus.Failed, Result = Array.Empty<byte>(), Error = default },
        });

        var (checkpoint, run) = (Assert.Single(await ReadAsync()), await FindAsync());

        Assert.All([checkpoint.Arguments, checkpoint.Result, checkpoint.Error, run.Result, run.Error], payload => Assert.True(payload.IsEmpty));
    }

    [Fact]
    public async Task R610_Payloads_that_look_like_text_JSON_or_NUL_are_bytes()
    {
        string[] texts = ["null", "\"\"", "{}", "\0", "\0\0trailing\0", "\uFEFFbom", "'; --", "NULL"];
        await HoldAsync();
        await CommitAsync(new RunCommit { RunId = "run", Epoch = 1, Checkpoints = [.. texts.Select((text, index) => Step(index + 1) with { Result = Encoding.UTF8.GetBytes(text) })] });

        Assert.Equal(texts, (await ReadAsync()).Select(checkpoint => Text(checkpoint.Result)));
    }
}
