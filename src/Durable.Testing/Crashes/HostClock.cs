using Durable.Execution;

namespace Durable.Testing.Crashes;

/// <summary>The clock of one host, which knows the timers that step bodies wait for from those of the engine.</summary>
internal sealed class HostClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly ManualClock _clock = new();
    private readonly HashSet<BodyTimer> _bodies = [];

    public override long TimestampFrequency => _clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => _clock.LocalTimeZone;

    /// <summary>True when a body has a timer that has not fired: it waits for this clock, and not only for other threads.</summary>
    public bool HasBodyTimers
    {
        get
        {
            lock (_gate)
                return _bodies.Count > 0;
        }
    }

    public override DateTimeOffset GetUtcNow() => _clock.GetUtcNow();

    public override long GetTimestamp() => _clock.GetTimestamp();

    public void Advance(TimeSpan by) => _clock.Advance(by);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (Ambient.StepBody is null)
            return _clock.CreateTimer(callback, state, dueTime, period);
        var timer = new BodyTimer(this);
        timer.Inner = _clock.CreateTimer(state =>
        {
            if (period <= TimeSpan.Zero)
                Note(timer, isArmed: false);
            callback(state);
        }, state, dueTime, period);
        Note(timer, dueTime != Timeout.InfiniteTimeSpan);
        return timer;
    }

    private void Note(BodyTimer timer, bool isArmed)
    {
        lock (_gate)
            _ = isArmed ? _bodies.Add(timer) : _bodies.Remove(timer);
    }

    private sealed class BodyTimer(HostClock clock) : ITimer
    {
        public ITimer? Inner { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            clock.Note(this, dueTime != Timeout.InfiniteTimeSpan);
            return Inner!.Change(dueTime, period);
        }

        public void Dispose()
        {
            clock.Note(this, isArmed: false);
            Inner!.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
