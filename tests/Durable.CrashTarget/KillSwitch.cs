using System.Diagnostics;

namespace Durable.CrashTarget;

/// <summary>Kills this process with SIGKILL when a moment comes for the n-th time.</summary>
public sealed class KillSwitch(Moment moment, int countdown)
{
    private int _countdown = countdown;

    /// <summary>Reads <c>AfterCommit:3</c>; null gives a switch that nothing trips.</summary>
    public static KillSwitch Parse(string? text)
        => text?.Split(':') is [var moment, var count]
            ? new KillSwitch(Enum.Parse<Moment>(moment), int.Parse(count))
            : new KillSwitch(default, countdown: 0);

    public void Reach(Moment reached)
    {
        if (reached == moment && Interlocked.Decrement(ref _countdown) == 0)
            Process.GetCurrentProcess().Kill();
    }
}
