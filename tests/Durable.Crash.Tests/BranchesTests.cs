using Xunit.Abstractions;

namespace Durable.Crash.Tests;

public sealed class BranchesTests(ITestOutputHelper output) : KillSweep("Branches", Value, isSequential: false, output)
{
    /// <summary>What the arithmetic of the workflow gives for seed 1.</summary>
    private const long Value = 284;
}
