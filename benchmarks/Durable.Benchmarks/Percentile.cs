namespace Durable.Benchmarks;

/// <summary>Percentiles of sorted measurements.</summary>
internal static class Percentile
{
    public static double Of(double[] sorted, int percent) => Math.Round(sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)], 3);
}
