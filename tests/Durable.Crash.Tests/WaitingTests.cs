using Xunit.Abstractions;

namespace Durable.Crash.Tests;

/// <summary>Kills within sleeps and waits, among all other points: a signal is taken once, a child is started once, an item is appended once.</summary>
/// <remarks>Not sequential: the run leaves memory while its child is at work, and their commits come in either order.</remarks>
public sealed class WaitingTests(ITestOutputHelper output) : KillSweep("Waiting", Value, isSequential: false, output)
{
    /// <summary>What the arithmetic of the workflow gives for seed 1 (37), one item, and two runs: the run and its child.</summary>
    private const long Value = 3712;
}
