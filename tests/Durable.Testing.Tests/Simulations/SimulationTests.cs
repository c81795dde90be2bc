using Durable.TestKit.Codecs;
using Durable.TestKit.Processes;
using Xunit.Abstractions;

namespace Durable.Testing.Tests.Simulations;

/// <summary>Random worlds: whatever happens in them, every promise is kept. DURABLE_SEED runs one seed and writes its transcript; DURABLE_SEEDS sets how many are run.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int FirstSeed = 1;
    private const int Seeds = 2_000;

    // How often each of these has to happen in 1,000 worlds at least, or nothing was shown.
    private static readonly (string What, int PerThousand)[] s_floors =
    [
        ("crashes", 1_000), ("client crashes", 300), ("stops", 1_000), ("freezes", 500), ("clock stands", 200), ("clock is set", 400), ("deploys", 500),
        ("store failed", 1_000), ("claimed expired", 1_000), ("fenced", 20), ("log 1104", 1_000), ("log 1201", 5_000), ("log 1202", 300), ("log 1203", 300), ("log 1301", 50),
        ("resumed", 300), ("quarantined", 10), ("told completed", 1_000), ("told conflict", 200), ("stored", 10_000), ("is at rest", 1_000),
        ("attempt failed", 1_000), ("timed out", 50), ("begun", 1_500), ("interrupted", 200), ("suspended", 400), ("woken", 400), ("run attempt", 80), ("cut off", 10),
        ("told to be canceled", 400), ("code told", 300), ("body canceled", 5), ("told canceled", 300), ("refused", 50),
    ];

    [Fact]
    public void Every_seed_keeps_every_promise()
    {
        var only = SeedRun.Setting("DURABLE_SEED", otherwise: 0);
        var (first, count) = only > 0 ? (only, 1) : (FirstSeed, SeedRun.Setting("DURABLE_SEEDS", Seeds));
        var run = SeedRun.Of(first, count);
        output.WriteLine($"Seeds {first} to {first + count - 1}: {string.Join(", ", run.Counts.Select(happened => $"{happened.Key} {happened.Value}"))}");
        if (only > 0)
            output.WriteLine(SeedReport.Of(only));
        Assert.True(run.Failure is null, run.Failure is { } failure ? SeedReport.Of(failure.World.Seed, failure.Message) : "");
        if (count >= 1_000)
            Assert.All(s_floors, floor => Assert.True(run.Counts.GetValueOrDefault(floor.What) >= (long)floor.PerThousand * count / 1_000, $"VOID: '{floor.What}' happened {run.Counts.GetValueOrDefault(floor.What)} times in {count} worlds"));
    }

    [Fact]
    public void Every_seed_keeps_every_promise_over_payloads_that_are_encoded()
    {
        var run = SeedRun.Of(FirstSeed, 300, EncodedStore.Around);
        Assert.True(run.Failure is null, run.Failure is { } failure ? $"Seed {failure.World.Seed}: {failure.Message}" : "");
        Assert.True(run.Counts["claimed expired"] > 300, "VOID: hardly a run was replayed.");
    }

    [Fact]
    public async Task No_failure_of_a_task_goes_unseen()
        => (await ChildProcess.RunAsync(typeof(SimulationProgram).Assembly.Location, Path.GetTempPath(), "unseen", "1", "300")).Expect(exitCode: 0);

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public void A_seed_has_one_trace_with_and_without_a_transcript(int seed)
        => Assert.Equal(SimulationProgram.HashOf(seed, keepsText: false), SimulationProgram.HashOf(seed, keepsText: true));

    [Fact]
    public async Task A_seed_has_one_trace_in_every_process()
    {
        int[] seeds = [.. Enumerable.Range(1, 20)];
        var other = await ChildProcess.RunAsync(typeof(SimulationProgram).Assembly.Location, Path.GetTempPath(), ["hashes", .. seeds.Select(seed => $"{seed}")]);
        Assert.Equal(seeds.Select(seed => SimulationProgram.HashOf(seed, keepsText: false)), other.Expect(exitCode: 0).Output.Split('\n'));
    }

    [Fact]
    public void Different_seeds_have_different_traces()
        => Assert.Equal(20, Enumerable.Range(1, 20).Select(seed => SimulationProgram.HashOf(seed, keepsText: false)).Distinct().Count());
}
