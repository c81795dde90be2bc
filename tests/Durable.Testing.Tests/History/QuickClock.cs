namespace Durable.Testing.Tests.History;

/// <summary>A clock on which time passes so many times faster than it does: hosts on real threads lose leases of the default length in a part of a second.</summary>
internal sealed class QuickClock(int factor) : TimeProvider
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(1);

    private readonly DateTimeOffset _start = System.GetUtcNow();

    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => System.GetTimestamp() * factor;

    public override DateTimeOffset GetUtcNow() => _start + ((System.GetUtcNow() - _start) * factor);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => new QuickTimer(this, System.CreateTimer(callback, state, Shorten(dueTime), Shorten(period)));

    // Timers count whole milliseconds: what is left of one is not spun for.
    private TimeSpan Shorten(TimeSpan time)
        => time <= TimeSpan.Zero ? time : time / factor is var shorter && shorter > s_shortest ? shorter : s_shortest;

    private sealed class QuickTimer(QuickClock clock, ITimer inner) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(clock.Shorten(dueTime), clock.Shorten(period));

        public void Dispose() => inner.Dispose();

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
