namespace Reminders;

/// <summary>
/// A clock that goes <see cref="Factor"/> times as fast as the machine's since some instant: a day takes 8.64 seconds. Every process that works with one store has to have the same clock, as everywhere.
/// </summary>
/// <param name="start">When it showed the machine's time.</param>
public sealed class FastClock(DateTimeOffset start) : TimeProvider
{
    public const int Factor = 10_000;

    public override long TimestampFrequency => base.TimestampFrequency / Factor;

    public override DateTimeOffset GetUtcNow() => start + (base.GetUtcNow() - start) * Factor;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => new FastTimer(base.CreateTimer(callback, state, Shorten(dueTime), Shorten(period)));

    // The machine's timers count whole milliseconds, and none may fire too early.
    private static TimeSpan Shorten(TimeSpan time)
        => time <= TimeSpan.Zero ? time : TimeSpan.FromMilliseconds(Math.Ceiling(time.TotalMilliseconds / Factor));

    private sealed class FastTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Shorten(dueTime), Shorten(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
