using System.IO.Compression;
using System.Text;
using Durable.CompilerServices;
using Durable.Storage;
using Durable.Testing;
using Durable.TestKit;
using Durable.TestKit.Workflows;
using EncryptedPayloads;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Durable.Samples.Tests.EncryptedPayloads;

/// <summary>Runs whose payloads the sample's codecs compress and encrypt: through a change of the key, its loss, and the hands of somebody who can write to the store.</summary>
public sealed class EncryptedRunTests
{
    private readonly LogSink _logs = new();
    private readonly List<string> _bodies = [];
    private readonly Simulation _simulation;
    private readonly WorkflowDefinition<TestWorkflow.Input, string> _workflow;
    private Tampering _store = null!;
    private TaskCompletionSource? _hold;

    public EncryptedRunTests()
    {
        _simulation = new Simulation(store: clock => _store = new Tampering(new InMemoryStore(clock)));
        _workflow = TestWorkflow.Define("Refer", async (w, input) =>
        {
            var letter = await w.StepAsync("letter", _ => Body("letter", $"letter for {input}: {Encoding.UTF8.GetString(SampleKeys.Payload)}"));
            await w.StepAsync("book", async _ =>
            {
                if (_hold is { } hold)
                    await hold.Task;
                return await Body("book", "");
            });
            return letter[..20];
        });
    }

    [Fact]
    public void A_run_goes_on_after_a_rotation()
    {
        LeaveUnfinished(Old, "a");

        var rotated = Start(Both);
        _simulation.PassLeases();

        Assert.Equal("letter for Ada Marlo", Result(rotated, "a"));
        Assert.Equal(["letter", "book"], _bodies);
    }

    [Fact]
    public void A_run_whose_key_is_missing_is_quarantined_and_resumed_when_it_is_back()
    {
        LeaveUnfinished(Old, "a");

        var without = Start(New);
        _simulation.PassLeases();

        var setAside = Info(without, "a");
        Assert.Equal(RunStatus.Quarantined, setAside.Status);
        Assert.Contains("payload codec 'aes-gcm' lacks the key", setAside.Error!.Message);
        Assert.Contains("There is no key 'old' here.", setAside.Error.Message);
        GoesOn(without);
    }

    [Fact]
    public void A_changed_byte_is_noticed()
    {
        LeaveUnfinished(Old, "a");
        _store.Change = (_, checkpoint) => checkpoint with { Result = Flipped(checkpoint.Result) };

        var host = Start(Old);
        _simulation.PassLeases();

        Assert.Equal(RunStatus.Quarantined, Info(host, "a").Status);
        Assert.Contains("The result of step '/letter' (sequence 1) cannot be decoded", Info(host, "a").Error!.Message);
        _store.Change = null;
        GoesOn(host);
    }

    [Fact]
    public void A_payload_that_was_copied_from_another_run_is_noticed()
    {
        LeaveUnfinished(Old, "b");
        LeaveUnfinished(Old, "a");
        var foreign = Checkpoints("b")[0].Result;
        _store.Change = (run, checkpoint) => run == "a" ? checkpoint with { Result = foreign } : checkpoint;

        var host = Start(Old);
        _simulation.PassLeases();

        Assert.Equal(RunStatus.Quarantined, Info(host, "a").Status);
        Assert.Equal(RunStatus.Completed, Info(host, "b").Status);
        _store.Change = null;
        GoesOn(host);
    }

    [Fact]
    public void A_bomb_is_refused_before_it_unpacks()
    {
        LeaveUnfinished(Old, "a");
        byte[] bomb = [0xD5, 1, 1, 6, .. "brotli"u8, .. Packed(megabytes: 64)];
        _store.Change = (_, checkpoint) => checkpoint with { Result = bomb };
        var host = Start(Old);
        var before = GC.GetAllocatedBytesForCurrentThread();
        _simulation.PassLeases();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 * DurableLimits.MaxDecodedPayloadBytes);
        Assert.Equal(RunStatus.Quarantined, Info(host, "a").Status);
        Assert.Contains("payload codec 'brotli' makes more than 4,194,304 bytes of it", Info(host, "a").Error!.Message);
    }

    [Fact]
    public void What_is_stored_is_smaller_than_the_payload()
    {
        LeaveUnfinished(Old, "a");
        Assert.True(Checkpoints("a")[0].Result.Length < SampleKeys.Payload.Length / 5);
    }

    [Fact]
    public void No_key_and_no_payload_is_ever_logged()
    {
        LeaveUnfinished(Old, "a");
        var host = Start(New);
        _simulation.PassLeases();
        Assert.Equal(RunStatus.Quarantined, Info(host, "a").Status);

        var log = string.Join('\n', _logs.Lines.Select(line => line.Text + line.Rest));

        Assert.NotEmpty(log);
        Assert.All(new[] { SampleKeys.Old, SampleKeys.New, "KEY OF A TEST", "Marlowe" }, secret => Assert.DoesNotContain(secret, log));
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task Nothing_plain_stands_in_the_files_of_an_open_store_where_codecs_are_used(bool uses)
    {
        using var folder = new TemporaryFolder();
        var store = folder.File("runs.db");
        await using var host = await DurableHost.StartAsync(durable =>
        {
            durable.UseSqlite(store).AddModule(new TestModule(_workflow));
            if (uses)
                Configure(durable, Old);
        });
        Assert.Equal("letter for Ada Marlo", await host.Client.RunAsync(_workflow.Call("Ada Marlowe"), "run-1"));

        var bytes = new StringBuilder();
        foreach (var file in (string[])[store, store + "-wal"])
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            bytes.Append(await reader.ReadToEndAsync());
        }

        Assert.Contains("run-1", bytes.ToString());
        Assert.All(new[] { "Marlowe", "nothing new" }, text => Assert.Equal(!uses, bytes.ToString().Contains(text, StringComparison.Ordinal)));
    }

    private static AesGcmPayloadCodec Old => SampleKeys.Codec("old", ("old", SampleKeys.Old));

    private static AesGcmPayloadCodec New => SampleKeys.Codec("new", ("new", SampleKeys.New));

    private static AesGcmPayloadCodec Both => SampleKeys.Codec("new", ("old", SampleKeys.Old), ("new", SampleKeys.New));

    private DurableHost Start(AesGcmPayloadCodec cipher) => _simulation.Start(durable => Configure(durable, cipher));

    private void Configure(DurableBuilder durable, AesGcmPayloadCodec cipher)
        => durable.UsePayloadCodec(new BrotliPayloadCodec()).UsePayloadCodec(cipher).AddModule(new TestModule(_workflow)).Services.AddSingleton<ILoggerFactory>(_logs);

    // Its arguments are plain, so that it comes as far as to its first step.
    private void LeaveUnfinished(AesGcmPayloadCodec cipher, string runId)
    {
        _hold = new TaskCompletionSource();
        var host = Start(cipher);
        var plain = _simulation.Client(durable => durable.AddModule(new TestModule(_workflow)));
        _simulation.Run(() => plain.StartAsync(_workflow.Call("Ada Marlowe"), runId));
        _simulation.Advance(TimeSpan.FromSeconds(2));
        Assert.Single(Checkpoints(runId));
        _simulation.Kill(host);
        _hold = null;
    }

    private void GoesOn(DurableHost stopped)
    {
        _simulation.Run(() => stopped.DisposeAsync().AsTask());
        var host = Start(Both);
        _simulation.Run(() => host.Client.GetRun("a").ResumeAsync());
        Assert.Equal("letter for Ada Marlo", Result(host, "a"));
        Assert.Equal(_bodies.Count(body => body == "letter"), _bodies.Count(body => body == "book"));
    }

    private string Result(DurableHost host, string runId) => _simulation.Run(() => host.Client.GetRun<string>(runId).GetResultAsync());

    private RunInfo Info(DurableHost host, string runId) => _simulation.Run(() => host.Client.GetRun(runId).GetInfoAsync());

    private IReadOnlyList<CheckpointRecord> Checkpoints(string runId) => _simulation.Run(() => _simulation.Store.ReadCheckpointsAsync(runId, default).AsTask());

    private Task<string> Body(string name, string result)
    {
        _bodies.Add(name);
        return Task.FromResult(result);
    }

    private static byte[] Flipped(ReadOnlyMemory<byte> payload)
    {
        var bytes = payload.ToArray();
        bytes[^1] ^= 1;
        return bytes;
    }

    private static byte[] Packed(int megabytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var written = 0; written < megabytes; written++)
                stream.Write(zeros);
        }

        return packed.ToArray();
    }

    /// <summary>Somebody else writes to the store.</summary>
    private sealed class Tampering(IRunStore inner) : DelegatingStore(inner)
    {
        public Func<string, CheckpointRecord, CheckpointRecord>? Change { get; set; }

        public override async ValueTask<IReadOnlyList<CheckpointRecord>> ReadCheckpointsAsync(string runId, CancellationToken cancellationToken)
        {
            var checkpoints = await Inner.ReadCheckpointsAsync(runId, cancellationToken);
            return Change is { } change ? [.. checkpoints.Select(checkpoint => change(runId, checkpoint))] : checkpoints;
        }
    }
}
