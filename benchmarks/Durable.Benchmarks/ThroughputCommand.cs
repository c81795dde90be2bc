using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;

namespace Durable.Benchmarks;

/// <summary><c>throughput</c>: whole runs through client, worker, engine and store, so many under way at a time.</summary>
internal static class ThroughputCommand
{
    public static Command Create()
    {
        var load = new LoadOptions();
        var store = LoadOptions.Store("sqlite", "memory");
        var command = new Command("throughput", "Runs of small steps, from start to result.") { store, load.Inflight, load.Runs, load.Steps, load.Json };
        command.SetAction(async arguments =>
        {
            using var scratch = new Scratch();
            var name = arguments.GetRequiredValue(store);
            var (inflight, runs, steps) = (arguments.GetRequiredValue(load.Inflight), arguments.GetRequiredValue(load.Runs), arguments.GetRequiredValue(load.Steps));
            await using var host = await BenchmarkHost.StartAsync(name, scratch, inflight);

            // Not counted: the just-in-time compiler, which needs some thousands of calls to have done its best, and the first growth of pools and files.
            await MeasureAsync(host.Client, "warm", Math.Max(2000, runs), steps, inflight);
            var allocatedBefore = GC.GetTotalAllocatedBytes();
            var clock = Stopwatch.StartNew();
            var milliseconds = await MeasureAsync(host.Client, "run", runs, steps, inflight);
            var seconds = clock.Elapsed.TotalSeconds;
            var allocated = GC.GetTotalAllocatedBytes() - allocatedBefore;
            Array.Sort(milliseconds);
            using var process = Process.GetCurrentProcess();
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                benchmark = "throughput",
                store = name,
                runs,
                steps,
                inflight,
                seconds = Math.Round(seconds, 4),
                runs_per_second = Math.Round(runs / seconds),
                steps_per_second = Math.Round((long)runs * steps / seconds),
                p50_ms = Percentile.Of(milliseconds, 50),
                p95_ms = Percentile.Of(milliseconds, 95),
                max_ms = Percentile.Of(milliseconds, 100),
                allocated_bytes_per_step = allocated / ((long)runs * steps),
                peak_rss_mb = Math.Round(process.PeakWorkingSet64 / 1048576.0),
            }));
        });
        return command;
    }

    /// <summary>Runs them, so many at a time; how long each took, in milliseconds.</summary>
    public static async Task<double[]> MeasureAsync(IDurableClient client, string prefix, int runs, int steps, int inflight)
    {
        var milliseconds = new double[runs];
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, inflight).Select(_ => Task.Run(async () =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < runs;)
            {
                var started = Stopwatch.GetTimestamp();
                if (await client.RunAsync(BenchmarkWorkflow.StepsCall(steps), $"{prefix}-{i}") != steps)
                    throw new InvalidOperationException($"Run {prefix}-{i} returned a wrong result: what was measured is not worth anything.");
                milliseconds[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }
        })));
        return milliseconds;
    }
}
