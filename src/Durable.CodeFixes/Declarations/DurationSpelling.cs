using System.Globalization;
using System.Text.RegularExpressions;
using Durable.Declarations;

namespace Durable.CodeFixes.Declarations;

/// <summary>What somebody meant who wrote a duration in another way: seconds without a unit, a blank before it, a longer word for it, <c>00:00:05</c>.</summary>
internal static class DurationSpelling
{
    private static readonly Regex s_number = new("^([0-9]+(?:\\.[0-9]+|,[0-9]{1,2})?) ?([a-z]*)$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    private static readonly (string Unit, string[] Words)[] s_units =
    [
        ("ms", ["ms", "msec", "msecs", "millis", "millisecond", "milliseconds"]),
        ("s", ["", "s", "sec", "secs", "second", "seconds"]),
        ("m", ["m", "min", "mins", "minute", "minutes"]),
        ("h", ["h", "hr", "hrs", "hour", "hours"]),
        ("d", ["d", "day", "days"]),
    ];

    // The largest one that leaves nothing over.
    private static readonly (string Unit, long Ticks)[] s_clock =
        [("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute), ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond)];

    /// <summary>The duration as it is to be written; null where it is written so, or nobody can say what was meant.</summary>
    public static string? Of(string text)
    {
        if (DurationText.Read(text) is not null)
            return null;
        var written = OfNumber(text.Trim()) ?? OfClock(text.Trim());
        return written is not null && DurationText.Read(written) is not null ? written : null;
    }

    private static string? OfNumber(string text)
    {
        var match = s_number.Match(text);
        if (!match.Success)
            return null;
        var word = match.Groups[2].Value.ToLowerInvariant();
        return s_units.Where(unit => unit.Words.Contains(word)).Select(unit => match.Groups[1].Value.Replace(',', '.') + unit.Unit).FirstOrDefault();
    }

    private static string? OfClock(string text)
    {
        if (text.Count(character => character == ':') != 2 || !TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) || time < TimeSpan.Zero || time.Ticks % TimeSpan.TicksPerMillisecond != 0)
            return null;
        var (unit, ticks) = s_clock.First(candidate => time.Ticks % candidate.Ticks == 0);
        return (time.Ticks / ticks).ToString(CultureInfo.InvariantCulture) + unit;
    }
}
