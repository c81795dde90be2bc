using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;

namespace Durable.Benchmarks;

/// <summary><c>sleepers</c>: what runs cost that sleep: memory, and time of the processor while nothing else happens.</summary>
internal static class SleepersCommand
{
    public static Command Create()
    {
        var json = new LoadOptions().Json;
        var store = LoadOptions.Store("sqlite", "memory");
        var runs = new Option<int>("--runs") { Description = "How many runs sleep.", DefaultValueFactory = _ => 100_000 };
        var seconds = new Option<int>("--seconds") { Description = "How long is looked at the idle process.", DefaultValueFactory = _ => 60 };
        var command = new Command("sleepers", "Runs that sleep for a day, and what they cost meanwhile.") { store, runs, seconds, json };
        command.SetAction(async arguments =>
        {
            using var scratch = new Scratch();
            var name = arguments.GetRequiredValue(store);
            var count = arguments.GetRequiredValue(runs);
            var idle = TimeSpan.FromSeconds(arguments.GetRequiredValue(seconds));
            await using var host = await BenchmarkHost.StartAsync(name, scratch, inflight: 256);
            // One is there from the beginning: what is loaded once does not count.
            await SleepAsync(host.Client, 0, 1);
            var (idleBefore, managedBefore) = (await CpuAsync(idle), Managed());
            var started = Stopwatch.GetTimestamp();
            await SleepAsync(host.Client, 1, count);
            var elapsed = Stopwatch.GetElapsedTime(started);
            var managed = Managed() - managedBefore;
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                benchmark = "sleepers",
                store = name,
                runs = count,
                seconds_until_all_sleep = Math.Round(elapsed.TotalSeconds, 1),
                managed_bytes_per_run = Math.Round((double)managed / count, 1),
                managed_mb = Math.Round(managed / 1e6, 1),
                idle_cpu_percent = Math.Round(100 * await CpuAsync(idle), 3),
                idle_cpu_percent_without = Math.Round(100 * idleBefore, 3),
            }));
        });
        return command;
    }

    private static async Task SleepAsync(IDurableClient client, int from, int count)
    {
        await Parallel.ForEachAsync(Enumerable.Range(from, count), new ParallelOptions { MaxDegreeOfParallelism = 256 }, async (number, cancellationToken)
            => await client.StartAsync(BenchmarkWorkflow.SleepingCall(), $"run-{number}", cancellationToken: cancellationToken));
        var awake = new RunFilter { Statuses = [RunStatus.Pending, RunStatus.Running] };
        while ((await client.ListRunsAsync(awake, pageSize: 1)).Runs.Count > 0)
            await Task.Delay(50);
    }

    // The part of one processor that the process takes while it is left alone.
    private static async Task<double> CpuAsync(TimeSpan idle)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        await Task.Delay(idle);
        process.Refresh();
        return (process.TotalProcessorTime - before) / idle;
    }

    private static long Managed()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
