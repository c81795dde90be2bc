using Xunit.Abstractions;

namespace Durable.Crash.Tests;

/// <summary>Kills within each wait between two attempts, among all other points: no attempt is lost, none is counted twice.</summary>
public sealed class RetriedTests(ITestOutputHelper output) : KillSweep("Retried", Value, isSequential: true, output)
{
    /// <summary>What the arithmetic of the workflow gives for seed 1 when the fifth attempt succeeds.</summary>
    private const long Value = 412;
}
