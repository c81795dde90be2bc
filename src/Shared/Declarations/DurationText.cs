using System.Globalization;

namespace Durable.Declarations;

/// <summary>Durations in attributes: a number and a unit, "500ms", "1s", "1.5s", "2m", "1h", "7d".</summary>
internal static class DurationText
{
    private static readonly (string Unit, long Ticks)[] s_units =
    [
        ("ms", TimeSpan.TicksPerMillisecond),
        ("s", TimeSpan.TicksPerSecond),
        ("m", TimeSpan.TicksPerMinute),
        ("h", TimeSpan.TicksPerHour),
        ("d", TimeSpan.TicksPerDay),
    ];

    /// <summary>Reads a duration; null for what is none, or is longer than any.</summary>
    public static TimeSpan? Read(string text)
    {
        foreach (var (unit, ticks) in s_units)
        {
            if (!text.EndsWith(unit, StringComparison.Ordinal)
                || !decimal.TryParse(text.Substring(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
                continue;
            return number <= long.MaxValue / ticks ? new TimeSpan((long)(number * ticks)) : null;
        }

        return null;
    }
}
