using Xunit.Abstractions;

namespace Durable.Crash.Tests;

public sealed class LoopTests(ITestOutputHelper output) : KillSweep("Loop", Value, isSequential: true, output)
{
    /// <summary>What the arithmetic of the workflow gives for seed 1.</summary>
    private const long Value = 615179;
}
