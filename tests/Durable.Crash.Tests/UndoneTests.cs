using Xunit.Abstractions;

namespace Durable.Crash.Tests;

/// <summary>Kills while a run is undone, among all other points: what was given back is not given back again, and the rest still is.</summary>
public sealed class UndoneTests(ITestOutputHelper output) : KillSweep("Undone", Value, isSequential: true, output)
{
    /// <summary>What was taken (4, 7) and given back (70, 40) for seed 1, in this order.</summary>
    private const long Value = (((((4 * 3) + 7) * 3) + 70) * 3) + 40;
}
