using System.Diagnostics;

namespace Durable.Benchmarks.Ceiling;

/// <summary>Measures how many checkpoint rows a second SQLite commits when each producer waits for its own row before the next.</summary>
public static class SqliteCeiling
{
    /// <summary>Writes all rows to a new file and removes it.</summary>
    /// <param name="directory">Where the file is made.</param>
    /// <param name="inflight">How many producers write at a time.</param>
    /// <param name="runs">How many runs the rows belong to.</param>
    /// <param name="steps">Rows per run.</param>
    public static async Task<CeilingMeasurement> MeasureAsync(string directory, int inflight, int runs, int steps)
    {
        var path = Path.Combine(directory, "ceiling.db");
        using var writer = new CeilingWriter(path);
        var nextRun = 0;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, inflight).Select(_ => Task.Run(ProduceAsync)));
        return new CeilingMeasurement(inflight, (long)runs * steps, clock.Elapsed.TotalSeconds, writer.Transactions);

        async Task ProduceAsync()
        {
            while (Interlocked.Increment(ref nextRun) is var run && run <= runs)
            {
                for (var step = 1; step <= steps; step++)
                    await writer.CommitAsync(new CeilingRow(run, step));
            }
        }
    }
}

/// <summary>What was measured.</summary>
/// <param name="Inflight">Producers at a time.</param>
/// <param name="Rows">Rows committed.</param>
/// <param name="Seconds">From the first row's start to the last row's commit.</param>
/// <param name="Transactions">Transactions that the rows shared.</param>
public sealed record CeilingMeasurement(int Inflight, long Rows, double Seconds, long Transactions);
