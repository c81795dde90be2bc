using System.Globalization;

namespace Durable.Testing.Crashes;

/// <summary>What a crash sweep found.</summary>
public sealed class CrashReport
{
    internal CrashReport(IReadOnlyList<CrashPoint> points, IReadOnlyList<CrashOutcome> outcomes)
    {
        Points = points;
        Outcomes = outcomes;
    }

    /// <summary>The points that the undisturbed execution came to, in its order.</summary>
    public IReadOnlyList<CrashPoint> Points { get; }

    /// <summary>How the runs ended when no host died, in the order of the calls.</summary>
    public IReadOnlyList<CrashOutcome> Outcomes { get; }

    /// <summary>How many times the runs were executed with crashes in them, not counting executions that never came to where they should have died.</summary>
    public int Crashes { get; internal set; }

    /// <summary>How many executions never came to where they should have died: branches that run in parallel, on threads, do not always take one order.</summary>
    public int NotReached { get; internal set; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; internal set; }

    /// <summary>What was broken; at most <see cref="CrashOptions.MaxViolations"/>.</summary>
    public IReadOnlyList<CrashViolation> Violations { get; internal set; } = [];

    /// <summary>Throws when something was broken.</summary>
    /// <exception cref="CrashSweepException">Something was.</exception>
    public void ThrowIfFailed()
    {
        if (Violations.Count > 0)
            throw new CrashSweepException(this);
    }

    /// <summary>The numbers in one line, and after it the violations.</summary>
    public override string ToString()
    {
        var rate = Duration > TimeSpan.Zero ? Crashes / Duration.TotalSeconds : 0;
        var counts = string.Create(CultureInfo.InvariantCulture,
            $"{Points.Count} points, {Crashes} crashes in {Duration.TotalMilliseconds:0} ms ({rate:0} a second), {NotReached} not reached, {Violations.Count} violations");
        return Violations.Count == 0 ? counts : counts + "\n\n" + string.Join("\n\n", Violations);
    }
}
