namespace Durable.Testing.Crashes;

/// <summary>A crash sweep found that a promise was broken. The message tells each, with what the hosts did.</summary>
public sealed class CrashSweepException : Exception
{
    internal CrashSweepException(CrashReport report) : base(report.ToString()) => Report = report;

    /// <summary>What was found.</summary>
    public CrashReport Report { get; }
}
