using Xunit.Abstractions;

namespace Durable.Crash.Tests;

public sealed class RepairedTests(ITestOutputHelper output) : KillSweep("Repaired", Value, isSequential: true, output)
{
    /// <summary>What the arithmetic of the workflow gives for seed 1.</summary>
    private const long Value = 309;
}
