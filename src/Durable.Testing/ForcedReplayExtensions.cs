using Durable.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Testing;

/// <summary>Replay without a crash.</summary>
public static class ForcedReplayExtensions
{
    /// <summary>
    /// Unloads a run after outcomes of steps and replays it from its checkpoints, in the same worker, as if its process had died and come back: workflow code that does not repeat shows in any test that runs it.
    /// Bodies do not run more often. A run is unloaded when an outcome is stored and none of its bodies runs; foreign work that it awaits then is cut off and runs again.
    /// </summary>
    /// <param name="durable">The builder of a host in a test.</param>
    /// <param name="everySteps">After how many outcomes; 1 for each.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="everySteps"/> is below 1.</exception>
    public static DurableBuilder ForceReplay(this DurableBuilder durable, int everySteps = 1)
    {
        ArgumentNullException.ThrowIfNull(durable);
        ArgumentOutOfRangeException.ThrowIfLessThan(everySteps, 1);
        durable.Services.AddSingleton(new ForcedReplay(everySteps));
        return durable;
    }
}
