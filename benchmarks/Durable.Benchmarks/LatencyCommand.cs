using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;

namespace Durable.Benchmarks;

/// <summary><c>latency</c>: one run after the other, from start to result, on an idle engine.</summary>
internal static class LatencyCommand
{
    public static Command Create()
    {
        var load = new LoadOptions();
        var store = LoadOptions.Store("sqlite", "memory");
        var command = new Command("latency", "Single runs, one at a time, from start to result.") { store, load.Runs, load.Steps, load.Json };
        command.SetAction(async arguments =>
        {
            using var scratch = new Scratch();
            var name = arguments.GetRequiredValue(store);
            var (runs, steps) = (arguments.GetRequiredValue(load.Runs), arguments.GetRequiredValue(load.Steps));
            await using var host = await BenchmarkHost.StartAsync(name, scratch, inflight: 1);
            for (var i = 0; i < 100; i++)
                await host.Client.RunAsync(BenchmarkWorkflow.StepsCall(steps), $"warm-{i}");
            var milliseconds = new double[runs];
            for (var i = 0; i < runs; i++)
            {
                var started = Stopwatch.GetTimestamp();
                await host.Client.RunAsync(BenchmarkWorkflow.StepsCall(steps), $"run-{i}");
                milliseconds[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }

            Array.Sort(milliseconds);
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                benchmark = "latency",
                store = name,
                runs,
                steps,
                p50_ms = Percentile.Of(milliseconds, 50),
                p95_ms = Percentile.Of(milliseconds, 95),
                p99_ms = Percentile.Of(milliseconds, 99),
            }));
        });
        return command;
    }
}
