using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;

namespace Durable.Benchmarks;

/// <summary><c>replay</c>: how long a run with a long history takes to get back to where it was.</summary>
internal static class ReplayCommand
{
    private const int Rounds = 21;

    public static Command Create()
    {
        var load = new LoadOptions();
        var store = LoadOptions.Store("sqlite", "memory");
        var command = new Command("replay", "A run with so many checkpoints, replayed until it fails again at its end.") { store, load.Steps, load.Json };
        command.SetAction(async arguments =>
        {
            using var scratch = new Scratch();
            var name = arguments.GetRequiredValue(store);
            var steps = arguments.GetRequiredValue(load.Steps);
            await using var host = await BenchmarkHost.StartAsync(name, scratch, inflight: 1);
            var run = await host.Client.StartAsync(BenchmarkWorkflow.ReplayedCall(steps), "run");
            await FailsAsync(run);

            var milliseconds = new double[Rounds];
            for (var i = 0; i < Rounds; i++)
            {
                var started = Stopwatch.GetTimestamp();
                await run.ResumeAsync();
                await FailsAsync(run);
                milliseconds[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }

            Array.Sort(milliseconds);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                benchmark = "replay",
                store = name,
                steps,
                p50_ms = Percentile.Of(milliseconds, 50),
                p95_ms = Percentile.Of(milliseconds, 95),
                microseconds_per_step = Math.Round(Percentile.Of(milliseconds, 50) * 1000 / steps, 2),
            }));
        });
        return command;
    }

    private static async Task FailsAsync(RunHandle run)
    {
        try
        {
            await run.GetResultAsync();
        }
        catch (RunFailedException)
        {
            return;
        }

        throw new InvalidOperationException("The gate was open: nothing was replayed.");
    }
}
