using Durable.Testing;
using Durable.Testing.Faults;

namespace Durable.Storage.Contract.Faults;

/// <summary>
/// Whole scenarios on a store of which one call goes wrong: the first call, then the second, and so on until the scenario is over before the fault finds its call; for every kind of fault.
/// Each time everything converges: the right result, one outcome, the expected checkpoints, no body after its commit, no attempt used up, nothing left behind.
/// A store's test project inherits this class once.
/// </summary>
/// <param name="factory">Makes the store under test.</param>
public abstract partial class StoreFaults(StoreFactory factory) : IAsyncLifetime
{
    // Far more calls than any scenario makes: a sweep that comes so far would never end.
    private const int MostCalls = 500;

    /// <summary>What stands between the engine and the faults, a driver that retries for one; the same store for nothing.</summary>
    /// <param name="connection">The store with its faults.</param>
    protected virtual IRunStore Connect(IRunStore connection) => connection;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await factory.DisposeAsync();

    /// <summary>Plays a scenario once for each of its calls, and once without a fault.</summary>
    /// <param name="fault">The name of the <see cref="FaultCase"/>.</param>
    /// <param name="play">What happens; ends with everything checked.</param>
    /// <param name="fewestCalls">How many calls the scenario makes at least: a sweep that finds fewer has not seen what it is there for.</param>
    private async Task SweepAsync(string fault, Action<Scenario> play, int fewestCalls)
    {
        var kind = FaultCase.Of(fault);
        // One store for all plays: opening it is what takes a store on disk long.
        var clock = new ManualClock();
        await using var store = factory.CreateEmpty(clock);
        for (var call = 1; call < MostCalls; call++)
        {
            var plan = new FaultPlan(kind.At(call));
            var scenario = new Scenario($"run {call}", new FaultWorld(store, clock, plan, Connect), kind, plan);
            try
            {
                play(scenario);
            }
            catch (Exception exception)
            {
                var what = plan.Hits.Count == 0 ? $"no fault ({plan.Calls} calls)" : plan.ToString();
                throw new InvalidOperationException($"With {what}: {exception.Message}\n{scenario.Witness.Transcript}", exception);
            }

            if (plan.Hits.Count == 0)
            {
                Assert.True(call > fewestCalls, $"The sweep found {call - 1} calls; the scenario makes {fewestCalls} at least.");
                return;
            }
        }

        Assert.Fail($"The scenario made {MostCalls} calls and would not end.");
    }
}
