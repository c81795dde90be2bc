using System.Diagnostics.Metrics;

namespace Durable.Execution;

/// <summary>What the engine counts, by the meter "Durable". Names of instruments are stable.</summary>
internal static class DurableMetrics
{
    private static readonly Meter s_meter = new("Durable");

    /// <summary>Continuations of workflow code that came from outside after their run had been suspended: the foreign work that they waited for runs again.</summary>
    public static readonly Counter<long> ForeignWorkCutOff = s_meter.CreateCounter<long>("durable.foreign_work.cut_off", "{continuation}", "Continuations of foreign work that came after their run had been suspended.");
}
