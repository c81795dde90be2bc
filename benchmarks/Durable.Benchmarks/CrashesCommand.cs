using System.CommandLine;
using System.Text.Json;
using Durable.Testing.Crashes;

namespace Durable.Benchmarks;

/// <summary><c>crashes</c>: a crash sweep of one run, again and again on one core: how many crashes, each with its recovery and comparison, fit into a second.</summary>
internal static class CrashesCommand
{
    public static Command Create()
    {
        var load = new LoadOptions();
        var command = new Command("crashes", "Crash sweeps of one run, in memory.") { load.Runs, load.Steps, load.Json };
        command.SetAction(arguments =>
        {
            var (sweeps, steps) = (arguments.GetRequiredValue(load.Runs), arguments.GetRequiredValue(load.Steps));
            var (crashes, best) = (0, 0.0);
            for (var i = 0; i < sweeps; i++)
            {
                var report = CrashSweep.Run(BenchmarkWorkflow.StepsCall(steps), durable => durable.AddWorkflows());
                report.ThrowIfFailed();
                crashes = report.Crashes;
                best = Math.Max(best, crashes / report.Duration.TotalSeconds);
            }

            Console.WriteLine(JsonSerializer.Serialize(new { benchmark = "crashes", sweeps, steps, crashes_a_sweep = crashes, best_crashes_a_second = Math.Round(best) }));
        });
        return command;
    }
}
