using System.Diagnostics;
using Durable.Testing.Crashes;

namespace Durable.CrashTarget;

/// <summary>Counts the crash points that this process comes to, and kills it with SIGKILL at one of them.</summary>
/// <param name="last">Where to die; null for nowhere.</param>
public sealed class KillSwitch(CrashPoint? last)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(CrashMoment Moment, string? Body), int> _counts = [];
    private readonly List<CrashPoint> _reached = [];

    /// <summary>The points that the process has come to, in order.</summary>
    public IReadOnlyList<CrashPoint> Reached
    {
        get
        {
            lock (_gate)
                return [.. _reached];
        }
    }

    public void Reach(CrashMoment moment, string? body = null)
    {
        lock (_gate)
        {
            var count = _counts[(moment, body)] = _counts.GetValueOrDefault((moment, body)) + 1;
            var point = new CrashPoint(moment, count, body);
            _reached.Add(point);
            if (point == last)
                Process.GetCurrentProcess().Kill();
        }
    }
}
