using System.Buffers;
using Durable.CompilerServices;
using Durable.Storage;
using Durable.Testing;
using Durable.TestKit;
using Durable.TestKit.Codecs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Durable.Runtime.Tests.Codecs;

/// <summary>Runs of two steps on hosts that share a store, each host with codecs of its own.</summary>
public abstract class CodecStory
{
    private protected CodecStory()
    {
        Simulation = new Simulation(store: clock => new InMemoryStore(clock));
        var charge = TestStep.Define<string, string>("charge", (text, _) => Body("charge", "charged " + text));
        var mail = TestStep.Define<string, string>("mail", (_, _) =>
            HoldsMail ? new TaskCompletionSource<string>().Task : Fails ? throw new InvalidOperationException("no mail for secret-3") : Body("mail", "mailed secret-2"));
        Workflow = TestWorkflow.Define("Order", async (_, input) => await charge.CallAsync(input) + ", " + await mail.CallAsync(input), isSequential: true);
    }

    private protected Simulation Simulation { get; }

    private protected LogSink Logs { get; } = new();

    /// <summary>The bodies that ran, in order.</summary>
    private protected List<string> Bodies { get; } = [];

    private protected WorkflowDefinition<TestWorkflow.Input, string> Workflow { get; }

    /// <summary>True to let the second step fail.</summary>
    private protected bool Fails { get; set; }

    /// <summary>Happens in every body.</summary>
    private protected Action? OnBody { get; set; }

    private bool HoldsMail { get; set; }

    private protected DurableHost Start(params IPayloadCodec[] codecs) => Simulation.Start(durable => Configure(durable.Add(Workflow), codecs));

    private protected IDurableClient Client(params IPayloadCodec[] codecs) => Simulation.Client(durable => Configure(durable.Add(Workflow), codecs));

    private protected DurableBuilder Configure(DurableBuilder durable, params IPayloadCodec[] codecs)
    {
        foreach (var codec in codecs)
            durable.UsePayloadCodec(codec);
        durable.Services.AddSingleton<ILoggerFactory>(Logs);
        return durable.Configure(options =>
        {
            options.BuildId = "build-1";
            options.RecordArguments = true;
        });
    }

    private protected static IPayloadCodec[] Wrong(string how) => how switch
    {
        "another key" => [new SealCodec(2)],
        "another codec" => [new PackCodec()],
        _ => [],
    };

    /// <summary>Starts a run and lets everything happen that can.</summary>
    private protected void Begin(IDurableClient client, string runId)
    {
        Simulation.Run(() => client.StartAsync(Workflow.Call("secret-1"), runId));
        Simulation.Settle();
    }

    /// <summary>A host commits the first step and dies in the second.</summary>
    private protected void BeginAndDie(DurableHost host, string runId, bool withPlainArguments = false)
    {
        HoldsMail = true;
        Begin(withPlainArguments ? Client() : host.Client, runId);
        Simulation.Advance(TimeSpan.FromSeconds(2));
        HoldsMail = false;
        Assert.Single(Checkpoints(runId));
        Simulation.Kill(host);
    }

    /// <summary>The right key is back, and an operator lets the run go on.</summary>
    private protected void GoOn(string runId)
    {
        var host = Start(new SealCodec(1));
        Simulation.Run(() => host.Client.GetRun(runId).ResumeAsync());
        Assert.Equal("charged secret-1, mailed secret-2", Result(host, runId));
    }

    private protected string Result(DurableHost host, string runId) => Simulation.Run(() => host.Client.GetRun<string>(runId).GetResultAsync());

    private protected RunInfo Info(DurableHost host, string runId) => Simulation.Run(() => host.Client.GetRun(runId).GetInfoAsync());

    private protected void Stop(DurableHost host) => Simulation.Run(() => host.DisposeAsync().AsTask());

    /// <summary>The run as the store has it.</summary>
    private protected RunRecord Find(string runId) => Simulation.Run(() => Simulation.Store.FindRunAsync(runId, default).AsTask())!;

    private protected IReadOnlyList<CheckpointRecord> Checkpoints(string runId) => Simulation.Run(() => Simulation.Store.ReadCheckpointsAsync(runId, default).AsTask());

    /// <summary>Every payload of a run as the store has it.</summary>
    private protected List<ReadOnlyMemory<byte>> Stored(string runId)
        => [Find(runId).Input, Find(runId).Result, Find(runId).Error, .. Checkpoints(runId).SelectMany(checkpoint => (ReadOnlyMemory<byte>[])[checkpoint.Arguments, checkpoint.Result, checkpoint.Error])];

    private protected Task<string> Body(string name, string result)
    {
        Bodies.Add(name);
        OnBody?.Invoke();
        return Task.FromResult(result);
    }

    /// <summary>Fails to encode when it is told to.</summary>
    private protected sealed class Moody : IPayloadCodec
    {
        private readonly SealCodec _seal = new();

        public bool IsBroken { get; set; }

        public string Name => "moody";

        public bool TryEncode(ReadOnlySpan<byte> payload, PayloadOrigin origin, IBufferWriter<byte> encoded)
            => IsBroken ? throw new InvalidOperationException("no key") : _seal.TryEncode(payload, origin, encoded);

        public void Decode(ReadOnlySpan<byte> encoded, PayloadOrigin origin, IBufferWriter<byte> payload) => _seal.Decode(encoded, origin, payload);
    }
}
