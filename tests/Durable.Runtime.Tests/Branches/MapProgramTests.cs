using System.Text;
using Durable.Storage;
using Xunit.Abstractions;

namespace Durable.Runtime.Tests.Branches;

/// <summary>Random programs of maps, in random schedules, whose processes die at random commits.</summary>
public sealed class MapProgramTests(ITestOutputHelper output)
{
    private const int Programs = 150;

    [Fact]
    public void Whatever_maps_a_program_has_and_whenever_its_processes_die_each_replay_sees_what_was_seen_before()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("DURABLE_SEED"), out var given) ? given : 1;
        var count = int.TryParse(Environment.GetEnvironmentVariable("DURABLE_PROGRAMS"), out var programs) ? programs : Programs;
        output.WriteLine($"DURABLE_SEED={seed} DURABLE_PROGRAMS={count}");
        var (deaths, abandoned) = (0, 0);
        for (var i = seed; i < seed + count; i++)
        {
            var result = Run(i, out var died);
            deaths += died;
            abandoned += result.Contains("Abandoned", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.True(deaths > count / 2 && abandoned > count / 20, $"VOID: {deaths} processes died, {abandoned} programs saw abandoned branches.");
    }

    private static string Run(int seed, out int deaths)
    {
        var random = new Random(seed);
        var simulation = new EngineSimulation(seed);
        var workflow = TestWorkflow.Define("Random", new MapProgram(random).Make(), awaitsOnlyDurableWork: random.Next(2) == 0);
        var (seen, left, dies) = ("", random.Next(1, 12), false);
        simulation.Store.After = (verb, request) =>
        {
            if (verb != nameof(IRunStore.CommitAsync) || request is not RunCommit commit)
                return Task.CompletedTask;
            seen += string.Concat(commit.Checkpoints.Where(checkpoint => checkpoint.StepId.StartsWith("/Check", StringComparison.Ordinal)).Select(checkpoint => Encoding.UTF8.GetString(checkpoint.Result.Span)));
            dies = --left == 0;
            // What is stored is not answered any more.
            return left == 0 ? new TaskCompletionSource().Task : Task.CompletedTask;
        };
        var host = simulation.Start(workflow);
        simulation.Begin(() => host.Client.StartAsync(workflow.Call(), "run"));
        simulation.Settle();
        deaths = 0;
        var client = simulation.Client(workflow);
        for (var turn = 0; turn < 100; turn++)
        {
            if (simulation.Run(() => client.GetRun("run").GetInfoAsync()) is { Status: RunStatus.Completed or RunStatus.Failed or RunStatus.Quarantined } ended)
            {
                Assert.True(ended.Status == RunStatus.Completed, $"Seed {seed}: {ended.Status}: {ended.Error?.Message}");
                return seen;
            }

            if (dies)
            {
                dies = false;
                deaths++;
                left = deaths < 4 ? random.Next(1, 12) : 0;
                simulation.Kill(host);
                simulation.PassLeases();
                host = simulation.Start(workflow);
            }

            simulation.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Fail($"Seed {seed}: stands still.");
        return seen;
    }
}
