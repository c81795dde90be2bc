using Durable.CompilerServices;
using Durable.Storage;
using Durable.TestKit;
using Durable.Testing.Faults;
using Durable.Testing.History;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Durable.Testing.Tests.History;

/// <summary>Hosts on real threads over one store in memory, each over a connection that goes wrong at random: what a simulation on one thread cannot show.</summary>
public sealed class ThreadedHostsTests(ITestOutputHelper output) : IDisposable
{
    private const int Runs = 100;
    private const int AtOnce = 20;

    // Of a commit that is delivered twice, the second answer may be that it is fenced, although the first was stored. So that the ledger sees both, what is delivered twice is so in front of it, and everything else goes wrong behind it.
    private static readonly FaultKind[] s_behindLedger = [.. Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.DeliverTwice)];

    private readonly int _seed = int.TryParse(Environment.GetEnvironmentVariable("DURABLE_SEED"), out var seed) ? seed : Random.Shared.Next();
    private readonly QuickClock _clock = new(factor: 50);
    private readonly TemporaryFolder _folder = new();
    private readonly List<HistoryWriter> _histories = [];
    private readonly List<FaultPlan> _plans = [];

    [Fact]
    public async Task Every_promise_holds_while_the_connections_of_concurrent_hosts_go_wrong()
    {
        output.WriteLine($"Again: DURABLE_SEED={_seed} dotnet test tests/Durable.Testing.Tests --filter {nameof(ThreadedHostsTests)}");
        await using var store = new InMemoryStore(_clock);
        var hosts = new List<DurableHost>();
        for (var number = 1; number <= 3; number++)
            hosts.Add(await StartAsync(store, number));
        var clients = hosts.Select((host, index) => new RecordedClient(host.Client, _histories[index])).ToList();
        for (var first = 0; first < Runs; first += AtOnce)
            await Task.WhenAll(Enumerable.Range(first, AtOnce).Select(run => RunAsync(clients[run % 3], clients[(run + 1) % 3], hosts[(run + 1) % 3], $"run-{run}")));

        foreach (var plan in _plans)
            plan.Stop();
        var driver = History("driver");
        driver.Healed();
        await new RecordedStore(store, driver).AuditAsync();
        foreach (var host in hosts)
            await host.DisposeAsync();

        var verdict = HistoryChecker.Check(RecordedHistory.ReadFolder(_folder.Path), new HistoryOptions
        {
            Floor = new HistoryActivity { Runs = Runs, Workers = 3, Bodies = Runs * 7, RepeatedBodies = 1, Commits = Runs * 2, UnknownCommits = 5, Reclaims = 3, ResultsSeen = Runs },
        });
        output.WriteLine(verdict.ToString());
        Assert.True(verdict.Kind == HistoryVerdictKind.Valid, $"Seed {_seed}. {verdict}");
    }

    public void Dispose()
    {
        foreach (var history in _histories)
            history.Dispose();
        _folder.Dispose();
    }

    private async Task<DurableHost> StartAsync(InMemoryStore store, int number)
    {
        var history = History($"host-{number}");
        var plan = FaultPlan.AtRandom(new Random(_seed + number), rate: 0.02, longest: TimeSpan.FromSeconds(45), kinds: s_behindLedger);
        var twice = FaultPlan.AtRandom(new Random(_seed - number), rate: 0.01, kinds: FaultKind.DeliverTwice);
        _plans.AddRange([plan, twice]);
        while (true)
        {
            try
            {
                return await DurableHost.StartAsync(durable =>
                {
                    durable.UseStore(_ => new SharedStore(store)).AddModule(new TestModule(Letters(history)));
                    durable.DecorateStore((_, inner) => new FaultyStore(inner, plan, _clock)).RecordHistory(history).DecorateStore((_, inner) => new FaultyStore(inner, twice, _clock));
                    durable.Services.AddSingleton<TimeProvider>(_clock);
                });
            }
            catch (StoreException)
            {
                // The connection went wrong on opening the store: again.
            }
        }
    }

    // A client that gets no answer asks again.
    private static async Task RunAsync(RecordedClient starter, RecordedClient waiter, DurableHost host, string runId)
    {
        var started = false;
        while (true)
        {
            try
            {
                if (!started)
                    await starter.StartAsync(Letters(null).Call(runId), runId);
                started = true;
                var (status, letters) = await waiter.WaitAsync(host.Client.GetRun<string>(runId));
                Assert.Equal((RunStatus.Completed, 7), (status, letters?.Split(' ').Length));
                return;
            }
            catch (StoreException)
            {
                // Its connection went wrong.
            }
        }
    }

    // Branches, whose bodies run at once, then one step that is given what the branches returned.
    private static WorkflowDefinition<TestWorkflow.Input, string> Letters(HistoryWriter? history) => TestWorkflow.Define("Letters", async (workflow, _) =>
    {
        var branches = await Task.WhenAll(new[] { "a", "b", "c" }.Select(letter => workflow.ScopeAsync(letter, async scope => $"{await StepAsync(scope, $"/{letter}#0", "one")} {await StepAsync(scope, $"/{letter}#0", "two")}")));
        var last = await workflow.StepAsync("last", _ =>
        {
            foreach (var (branch, letter) in branches.Zip(["a", "b", "c"]))
            {
                var results = branch.Split(' ');
                history!.ResultSeen(workflow.RunId, $"{letter}/one", results[0]);
                history.ResultSeen(workflow.RunId, $"{letter}/two", results[1]);
            }

            return Task.FromResult("end");
        });
        return $"{string.Join(' ', branches)} {last}";
    });

    private static Task<string> StepAsync(WorkflowContext scope, string path, string name) => scope.StepAsync(name, async _ =>
    {
        await Task.Yield();
        return $"{path}/{name}:{Guid.NewGuid()}";
    });

    private HistoryWriter History(string process)
    {
        var history = HistoryWriter.Create(_folder.Path, process);
        _histories.Add(history);
        return history;
    }

    // The hosts share it; none of them disposes it.
    private sealed class SharedStore(IRunStore inner) : DelegatingStore(inner)
    {
        public override ValueTask DisposeAsync() => default;
    }
}
