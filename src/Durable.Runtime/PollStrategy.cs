namespace Durable;

/// <summary>How often a run looks whether something has come about (<see cref="WorkflowContext.WaitUntilAsync{T}"/>).</summary>
public sealed class PollStrategy
{
    /// <summary>How long it waits between the first two checks; longer than zero.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>How many times as long each wait is as the one before. Default 1; 1 to 100.</summary>
    public double BackoffRate { get; init; } = 1;

    /// <summary>The longest wait between two checks; null (default) for no limit.</summary>
    public TimeSpan? MaxInterval { get; init; }

    /// <summary>How long it goes on looking, from the first check on; the last check is made when that is over. Null (default) for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long the run waits after a check that came to nothing. Pure.</summary>
    /// <param name="checks">How many checks there were, the first one included.</param>
    public TimeSpan DelayAfter(int checks)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(checks, 1);
        var longest = MaxInterval ?? RetryPolicy.LongestDelay;
        var ticks = Interval.Ticks * Math.Pow(BackoffRate, checks - 1);
        return ticks < longest.Ticks ? TimeSpan.FromTicks((long)ticks) : longest;
    }

    /// <exception cref="ArgumentException">A value makes no sense.</exception>
    internal void Check()
    {
        if (Interval <= TimeSpan.Zero || MaxInterval <= TimeSpan.Zero || Timeout <= TimeSpan.Zero)
            throw new ArgumentException($"A poll has intervals and a timeout that are longer than zero; this one has Interval {Interval}, MaxInterval {MaxInterval?.ToString() ?? "none"} and Timeout {Timeout?.ToString() ?? "none"}.", "strategy");
        if (BackoffRate is not (>= 1 and <= 100))
            throw new ArgumentException($"A poll's BackoffRate is 1 to 100; this one is {BackoffRate}.", "strategy");
    }
}
