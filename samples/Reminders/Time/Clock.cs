using System.Globalization;
using Durable;

namespace Reminders;

/// <summary>Which clock the processes of a store go by. Time must not go back for its runs, so a store that was ever used with a fast clock stays with it.</summary>
public static class Clock
{
    /// <summary>The clock of a store.</summary>
    /// <param name="settings">Which store, and whether to begin with a fast clock.</param>
    public static TimeProvider Of(Settings settings)
    {
        var file = settings.Store + "-clock";
        if (settings.Fast && !File.Exists(file))
            File.WriteAllText(file, DateTimeOffset.UtcNow.ToString("O"));
        return File.Exists(file) ? new FastClock(DateTimeOffset.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture)) : TimeProvider.System;
    }

    /// <summary>The engine counts its own times by the same clock. On a fast one its defaults would be over in milliseconds.</summary>
    public static void Fit(DurableOptions options, TimeProvider clock)
    {
        if (clock is not FastClock)
            return;
        options.LeaseDuration = options.IsolationTime = options.BlockingWaitThreshold = TimeSpan.FromHours(1); // 0.36 s.
        options.ShutdownGrace = TimeSpan.FromMinutes(10);
        options.PollInterval = TimeSpan.FromMinutes(1); // 6 ms.
    }

    public static string Show(DateTimeOffset time) => time.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
