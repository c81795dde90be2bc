using System.Globalization;
using System.Text;

namespace Durable.Testing.History;

/// <summary>Lines as a person reads them.</summary>
internal static class HistoryText
{
    private const int MaxListed = 8;

    /// <summary>A line in words, its times in milliseconds after those of another.</summary>
    public static string Describe(HistoryLine line, HistoryLine first)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Milliseconds(line.At)}");
        if (line.Since is { } since)
            text.Append(CultureInfo.InvariantCulture, $" (asked {Milliseconds(since)})");
        text.Append(CultureInfo.InvariantCulture, $" {line.Process}#{line.Number} {line.Event}");
        Add("answers #", line.Call);
        Add("", line.RunId);
        Add("", line.StepId);
        Add("epoch ", line.Epoch);
        Add("attempt ", line.Attempt);
        Add("", line.AtMostOnce is true ? "at most once" : null);
        Add("", line.Abandoned is true ? "told to stop" : null);
        Add("", line.Status);
        Add("for ", line.Wait);
        Add("at ", line.StoreTime?.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture));
        Add("result ", line.Result);
        Add("token ", line.Token);
        Add("fingerprint ", line.Fingerprint?.ToString("x16", CultureInfo.InvariantCulture));
        Add("last sequence ", line.LastSequence);
        Add("of ", line.Victim);
        AddAll("leases", line.Leases, lease => $"{lease.RunId}@{lease.Epoch}");
        AddAll("lost", line.Lost, lease => $"{lease.RunId}@{lease.Epoch}");
        AddAll("checkpoints", line.Checkpoints, point => $"{point.Sequence} {point.StepId} {Kind(point)}{point.Status} {point.Result}");
        AddAll("failing set", line.FailingSet, sequence => $"{sequence}");
        return text.ToString();

        static string Kind(HistoryCheckpoint point) => (point.Kind == CheckpointKind.Step ? "" : $"{point.Kind} ") + (point.Attempt > 1 ? $"attempt {point.Attempt} " : "");

        string Milliseconds(long at) => ((at - first.At) / 1e6).ToString("+0.000;-0.000", CultureInfo.InvariantCulture) + " ms";

        void Add(string before, object? value)
        {
            if (value is not null)
                text.Append(CultureInfo.InvariantCulture, $", {before}{value}");
        }

        void AddAll<T>(string before, IReadOnlyList<T>? values, Func<T, string> describe)
        {
            if (values is not null)
                text.Append(CultureInfo.InvariantCulture, $", {before} [{string.Join("; ", values.Take(MaxListed).Select(describe))}{(values.Count > MaxListed ? $"; and {values.Count - MaxListed} more" : "")}]");
        }
    }
}
