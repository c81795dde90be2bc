using Xunit.Abstractions;

namespace Durable.Crash.Tests;

public sealed class TenStepsTests(ITestOutputHelper output) : KillSweep("TenSteps", Value, isSequential: true, output)
{
    /// <summary>What the arithmetic of the workflow gives for seed 1.</summary>
    private const long Value = 54619;
}
