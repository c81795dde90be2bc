using System.Text;
using System.Text.Json;
using Durable.Storage;
using Durable.TestKit;

namespace Durable.Runtime.Tests.Client;

/// <summary>A run as one JSON document.</summary>
public sealed class ExportTests
{
    private static readonly DateTimeOffset s_time = new(2030, 1, 2, 3, 4, 5, 678, TimeSpan.FromHours(2));

    private readonly EngineSimulation _simulation = new();

    [Fact]
    public void A_whole_run_is_one_document_of_stable_form()
    {
        Stored(RunStatus.Failed, "{\"typeName\":\"Acme.Error\",\"message\":\"out of stock\"}"u8.ToArray(),
            Step(1) with { Result = "{\"Id\":\"ch-1\",\"Amount\":12.50}"u8.ToArray(), Arguments = "{\"orderId\":\"42\"}"u8.ToArray() },
            Step(2) with { Kind = CheckpointKind.ArgumentsChanged },
            Step(3) with { StepId = "/Höfe/Save[a%2Fb]#1", Status = CheckpointStatus.Cleared, Error = "{\"typeName\":\"Acme.Error\",\"message\":\"out of stock\"}"u8.ToArray() },
            Step(4) with { Result = new byte[] { 0, 1, 255 } });
        Snapshot.Matches(Export(), extension: "json");
    }

    [Fact]
    public void A_fingerprint_from_which_short_arguments_could_be_guessed_is_shown_only_with_them()
    {
        Stored(RunStatus.Completed, default, Step(1));
        Assert.DoesNotContain("\"fingerprint\"", Export());
        Assert.Equal(2, Export(options: new RunExportOptions { ShowSensitive = true }).Split("\"fingerprint\"").Length - 1);
    }

    [Fact]
    public void A_run_without_checkpoints_that_has_not_ended_is_a_document_as_well()
    {
        Create();
        var root = JsonDocument.Parse(Export()).RootElement;
        Assert.Equal(("Pending", 0), (root.GetProperty("status").GetString(), root.GetProperty("checkpoints").GetArrayLength()));
        Assert.False(root.TryGetProperty("endedAt", out _));
        Assert.False(root.TryGetProperty("result", out _));
    }

    [Theory]
    [InlineData("null", true)]
    [InlineData(" [1, {\"a\": \"\\u00e9\"}] ", true)]
    [InlineData("1 2", false)]
    [InlineData("{\"a\":1", false)]
    [InlineData("NaN", false)]
    [InlineData("// no\n1", false)]
    [InlineData("text", false)]
    public void A_payload_is_json_where_it_is_json_and_base64_where_it_is_not(string payload, bool isJson)
        => AssertPayload(Encoding.UTF8.GetBytes(payload), isJson);

    [Fact]
    public void Bytes_that_are_no_utf8_within_a_json_string_are_base64() => AssertPayload([(byte)'"', 0xC3, 0x28, (byte)'"'], isJson: false);

    [Fact]
    public void Deep_payloads_stay_json() => AssertPayload(Encoding.UTF8.GetBytes(new string('[', 5000) + new string(']', 5000)), isJson: true, maxDepth: 6000);

    [Fact]
    public void Hostile_ids_are_escaped()
    {
        var id = "\"\\\n\u2028</script>";
        Create(id);
        Assert.Equal(id, JsonDocument.Parse(Export(id)).RootElement.GetProperty("runId").GetString());
    }

    [Fact]
    public void What_the_run_stores_while_it_is_read_is_not_in_the_document()
    {
        var held = Hold();
        _simulation.Store.Before = (verb, _) =>
        {
            if (verb == nameof(IRunStore.ReadCheckpointsAsync))
                Assert.True(_simulation.Store.CommitAsync(new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = [Step(1)], Transition = new RunTransition { Status = RunStatus.Completed } }, default).IsCompletedSuccessfully);
            return Task.CompletedTask;
        };
        var root = JsonDocument.Parse(Export()).RootElement;
        Assert.Equal(("Running", 0), (root.GetProperty("status").GetString(), root.GetProperty("checkpoints").GetArrayLength()));
    }

    [Fact]
    public void A_large_run_is_written_piece_by_piece()
    {
        var payload = Encoding.UTF8.GetBytes($"\"{new string('x', 30_000)}\"");
        Stored(RunStatus.Completed, default, [.. Enumerable.Range(1, 20).Select(number => Step(number) with { Result = payload })]);
        var stream = new CountingStream();
        _simulation.Run(() => Client().GetRun("run").ExportAsync(stream));
        Assert.Equal(20, JsonDocument.Parse(stream.ToArray()).RootElement.GetProperty("checkpoints").GetArrayLength());
        Assert.InRange(stream.LargestWrite, 1, 200_000);
    }

    [Fact]
    public void The_destination_is_left_open()
    {
        Create();
        var stream = new MemoryStream();
        _simulation.Run(() => Client().GetRun("run").ExportAsync(stream));
        Assert.True(stream.CanWrite);
        Assert.True(stream.Length > 0);
    }

    [Fact]
    public void A_process_that_does_not_know_the_workflow_withholds_its_payloads_unless_all_is_asked_for()
    {
        Stored(RunStatus.Completed, default, Step(1) with { Result = "3"u8.ToArray(), Arguments = "{}"u8.ToArray() });
        var root = JsonDocument.Parse(Export(client: _simulation.Client())).RootElement;
        Assert.Equal("workflow 'Order' (version 2) is not registered in this process, which therefore cannot tell what is sensitive", root.GetProperty("inputWithheld").GetString());
        Assert.Equal(["arguments", "result"], root.GetProperty("checkpoints")[0].EnumerateObject().Where(member => member.Name.EndsWith("Withheld")).Select(member => member.Name[..^8]));
        root = JsonDocument.Parse(Export(client: _simulation.Client(), options: new RunExportOptions { ShowSensitive = true })).RootElement;
        Assert.Equal(3, root.GetProperty("checkpoints")[0].GetProperty("result").GetInt32());
    }

    [Fact]
    public void An_unknown_run_is_not_found_and_nothing_is_written()
    {
        var stream = new MemoryStream();
        Assert.Throws<RunNotFoundException>(() => _simulation.Run(() => Client().GetRun("nobody").ExportAsync(stream)));
        Assert.Equal(0, stream.Length);
    }

    [Fact]
    public void A_destination_that_cannot_be_written_to_is_refused()
    {
        Create();
        var run = Client().GetRun("run");
        Assert.Contains("cannot be written to", Assert.Throws<ArgumentException>(() => _simulation.Run(() => run.ExportAsync(new MemoryStream([], writable: false)))).Message);
        Assert.Throws<ArgumentNullException>(() => _simulation.Run(() => run.ExportAsync(null!)));
    }

    private void AssertPayload(byte[] payload, bool isJson, int maxDepth = 64)
    {
        Stored(RunStatus.Completed, default, Step(1) with { Result = payload });
        using var document = JsonDocument.Parse(Export(), new JsonDocumentOptions { MaxDepth = maxDepth });
        var checkpoint = document.RootElement.GetProperty("checkpoints")[0];
        if (isJson)
            Assert.Equal(Encoding.UTF8.GetString(payload).Trim(), checkpoint.GetProperty("result").GetRawText());
        else
            Assert.Equal(payload, checkpoint.GetProperty("resultBase64").GetBytesFromBase64());
        Assert.Equal(!isJson, checkpoint.TryGetProperty("resultBase64", out _));
    }

    private string Export(string runId = "run", IDurableClient? client = null, RunExportOptions? options = null)
    {
        var stream = new MemoryStream();
        _simulation.Run(() => (client ?? Client()).GetRun(runId).ExportAsync(stream, options));
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    // A process that knows the workflow: elsewhere payloads are withheld.
    private IDurableClient Client() => _simulation.Client(TestWorkflow.Define("Order", (_, _) => Task.FromResult(""), version: 2));

    private void Create(string runId = "run")
        => Assert.True(_simulation.Store.CreateRunAsync(new NewRun { RunId = runId, Workflow = new WorkflowIdentity("Order", 2), Input = "{\"order\":{\"id\":\"42\"}}"u8.ToArray(), Fingerprint = -2 }, default).IsCompletedSuccessfully);

    private RunRecord Hold()
    {
        Create();
        return Assert.Single(_simulation.Store.ClaimRunsAsync(
            new ClaimRequest { Worker = "w-1", Max = 1, Lease = TimeSpan.FromSeconds(30), Workflows = [new WorkflowIdentity("Order", 2)] }, default).AsTask().GetAwaiter().GetResult());
    }

    private void Stored(RunStatus status, ReadOnlyMemory<byte> error, params CheckpointRecord[] checkpoints)
    {
        var held = Hold();
        var commit = new RunCommit { RunId = "run", Epoch = held.Epoch, Checkpoints = checkpoints, Transition = new RunTransition { Status = status, Error = error } };
        Assert.True(_simulation.Store.CommitAsync(commit, default).IsCompletedSuccessfully);
    }

    private static CheckpointRecord Step(long sequence) => new()
    {
        Sequence = sequence,
        StepId = "/ChargeCustomer[42]",
        Kind = CheckpointKind.Step,
        Status = CheckpointStatus.Completed,
        Attempt = 1,
        Epoch = 1,
        Fingerprint = 0x0123456789abcdef,
        BuildId = "build-1",
        StartedAt = s_time,
        CompletedAt = s_time.AddTicks(1),
    };

    private sealed class CountingStream : MemoryStream
    {
        public int LargestWrite { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            LargestWrite = Math.Max(LargestWrite, buffer.Length);
            return base.WriteAsync(buffer, cancellationToken);
        }
    }
}
