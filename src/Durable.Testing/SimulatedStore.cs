using Durable.Storage;

namespace Durable.Testing;

/// <summary>A store as the hosts of a simulation see it: they share it, none of them disposes it, and the simulation waits for what it does on threads of its own.</summary>
internal sealed class SimulatedStore(IRunStore inner, SimulationScheduler scheduler) : DelegatingStore(inner)
{
    protected override ValueTask<T> CallAsync<T>(string verb, object? request, Func<ValueTask<T>> call) => scheduler.OutsideAsync(call());

    public override ValueTask DisposeAsync() => default;
}
