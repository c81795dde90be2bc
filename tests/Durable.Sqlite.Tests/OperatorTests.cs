using Durable.Storage;
using Durable.Testing;
using Durable.Testing.History;
using Durable.TestKit;
using Durable.TestKit.Workflows;

namespace Durable.Sqlite.Tests;

/// <summary>Operators decide on steps of runs in a file, and fork them; the history of all that is one that the checker accepts.</summary>
public sealed class OperatorTests : IDisposable
{
    private readonly SqliteFile _file = new();
    private readonly MemoryStream _ledger = new();
    private readonly List<string> _bodies = [];
    private HistoryWriter? _history;

    public void Dispose()
    {
        _history?.Dispose();
        _file.Dispose();
    }

    [Fact]
    public async Task A_charge_that_was_interrupted_is_completed_by_hand_and_the_run_with_it()
    {
        var charge = TestStep.Define<string, string>("Charge", (_, _) => Body("Charge"), retry: null, StepMode.AtMostOnce);
        var workflow = TestWorkflow.Define("Order", async w => $"{await charge.CallAsync("x")}, {await w.StepAsync("Mail", _ => Body("Mail"))}", isSequential: true, awaitsOnlyDurableWork: true, steps: charge);
        await DieWithinChargeAsync(workflow.Call().Input);

        await using (var host = await StartAsync(workflow))
        {
            var run = host.Client.GetRun<string>("order-1");
            var failure = await Assert.ThrowsAsync<RunFailedException>(() => run.GetResultAsync());
            Assert.True(failure.IsCausedBy<StepInterruptedException>());
            await run.CompleteStepAsync("/Charge", "charged by hand");
            Assert.Equal("charged by hand, Mail", await run.GetResultAsync());
        }

        Assert.Equal(["Mail"], _bodies);
        // Again from the file: what was decided is replayed like anything else.
        await using var next = await StartAsync(workflow);
        var fork = await next.Client.GetRun<string>("order-1").ForkAsync("/Mail", "order-1b");
        Assert.Equal("charged by hand, Mail", await fork.GetResultAsync());
        Assert.Equal(["Mail", "Mail"], _bodies);
    }

    [Fact]
    public async Task A_history_with_decisions_and_forks_breaks_no_rule()
    {
        var fails = 2;
        var charge = TestStep.Define<string, string>("Charge", (_, _) => fails-- > 0 ? throw new IOException("down") : Body("Charge"));
        var workflow = TestWorkflow.Define("Order", async w =>
        {
            var ids = await Task.WhenAll(w.StepAsync("A", _ => Body("A")), w.StepAsync("B", _ => Body("B")));
            return $"{string.Join(" ", ids)} {await charge.CallAsync($"{w.NewGuid()}")} {await w.StepAsync("Mail", _ => Body("Mail"))}";
        }, awaitsOnlyDurableWork: true, steps: charge);
        _history = new HistoryWriter("host", _ledger);
        await using (var host = await StartAsync(workflow, durable => durable.RecordHistory(_history)))
        {
            var run = await host.Client.StartAsync(workflow.Call(), "run");
            await Assert.ThrowsAsync<RunFailedException>(() => run.GetResultAsync());
            await run.RetryStepAsync("/Charge");
            await Assert.ThrowsAsync<RunFailedException>(() => run.GetResultAsync());
            await run.CompleteStepAsync("/Charge", "by hand");
            Assert.Equal("A B by hand Mail", await run.GetResultAsync());
            foreach (var step in (string[])["/A", "/B", "/Charge", "/Mail"])
                await (await run.ForkAsync(step, $"fork{step}")).GetResultAsync();
            for (var last = 1; last <= (await run.GetCheckpointsAsync()).Count; last++)
                await (await run.RestoreAsync(last, $"restored-{last}")).GetResultAsync();
        }

        _history.Healed();
        await using (var store = _file.Store(TimeProvider.System))
        {
            await store.InitializeAsync(default);
            await new RecordedStore(new KeptStore(store), _history).AuditAsync();
        }

        var verdict = HistoryChecker.Check(RecordedHistory.Read([("host", _ledger.ToArray())]));
        Assert.True(verdict.Kind == HistoryVerdictKind.Valid, verdict.ToString());
    }

    private Task<string> Body(string name)
    {
        lock (_bodies)
            _bodies.Add(name);
        return Task.FromResult(name);
    }

    private Task<DurableHost> StartAsync(CompilerServices.WorkflowDefinition workflow, Action<DurableBuilder>? configure = null) => DurableHost.StartAsync(durable =>
    {
        durable.UseSqlite(_file.Path).AddModule(new TestModule(workflow));
        configure?.Invoke(durable);
    });

    // A worker that has stored that the charge begins, and is no more.
    private async Task DieWithinChargeAsync(ReadOnlyMemory<byte> input)
    {
        await using var store = _file.Store(TimeProvider.System);
        await store.InitializeAsync(default);
        await store.EnterAsWorkerAsync(default);
        await store.CreateRunAsync(new NewRun { RunId = "order-1", Workflow = new("Order", 1), Input = input, Fingerprint = 0 }, default);
        var claimed = await store.ClaimRunsAsync(new ClaimRequest { Worker = "dead", Max = 1, Lease = TimeSpan.FromHours(1), Workflows = [new("Order", 1)] }, default);
        var started = new CheckpointRecord
        {
            Sequence = 1,
            StepId = "/Charge",
            Kind = CheckpointKind.StepStarted,
            Status = CheckpointStatus.Completed,
            Attempt = 1,
            Epoch = claimed[0].Epoch,
            Fingerprint = 0,
            BuildId = "build-0",
            StartedAt = claimed[0].CreatedAt,
            CompletedAt = claimed[0].CreatedAt,
        };
        await store.CommitAsync(new RunCommit { RunId = "order-1", Epoch = claimed[0].Epoch, Checkpoints = [started] }, default);
    }
}
