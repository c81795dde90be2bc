namespace Durable.Testing;

/// <summary>A clock that stands still until a test moves it; it starts at 2030-01-01 00:00 UTC. Timers fire on the thread that moves it, in the order in which they are due.</summary>
public sealed class ManualClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<ManualTimer> _armed = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _watchers = [];
    private readonly DateTimeOffset _start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private TimeSpan _elapsed;
    private TimeSpan _setBack;

    /// <summary>How many timers wait. None once everything that uses the clock has ended and cleaned up behind itself.</summary>
    public int Armed
    {
        get
        {
            lock (_lock)
                return _armed.Count;
        }
    }

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
            return _start + _elapsed - _setBack;
    }

    /// <inheritdoc/>
    public override long GetTimestamp()
    {
        lock (_lock)
            return _elapsed.Ticks;
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Moves time forward, stopping at each timer on the way.</summary>
    /// <param name="by">How far.</param>
    public void Advance(TimeSpan by)
    {
        TimeSpan target;
        lock (_lock)
            target = _elapsed + by;
        while (NextUntil(target) is { } timer)
            timer.Fire();
    }

    /// <summary>Sets the time of day back, as an operator would; timers and timestamps do not notice.</summary>
    /// <param name="by">How far.</param>
    public void SetBack(TimeSpan by)
    {
        lock (_lock)
            _setBack += by;
    }

    /// <summary>Completes once at least so many timers wait: the code under test has come to where it needs the clock.</summary>
    /// <param name="count">How many.</param>
    public Task WhenArmedAsync(int count = 1)
    {
        lock (_lock)
        {
            if (_armed.Count >= count)
                return Task.CompletedTask;
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((count, reached));
            return reached.Task;
        }
    }

    private ManualTimer? NextUntil(TimeSpan target)
    {
        lock (_lock)
        {
            var next = _armed.Where(timer => timer.DueAt <= target).MinBy(timer => timer.DueAt);
            _elapsed = next is null ? target : next.DueAt > _elapsed ? next.DueAt : _elapsed;
            if (next is not null && !next.Rearm())
                _armed.Remove(next);
            return next;
        }
    }

    private sealed class ManualTimer(ManualClock clock, Action fire) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public TimeSpan DueAt { get; private set; }

        public void Fire() => fire();

        /// <summary>Sets the next time of a periodic timer; false for one that fires once.</summary>
        public bool Rearm()
        {
            DueAt += _period > TimeSpan.Zero ? _period : TimeSpan.Zero;
            return _period > TimeSpan.Zero;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._armed.Remove(this);
                _period = period;
                if (dueTime == Timeout.InfiniteTimeSpan)
                    return true;
                DueAt = clock._elapsed + dueTime;
                clock._armed.Add(this);
                foreach (var (_, reached) in clock._watchers.Where(watcher => watcher.Count <= clock._armed.Count))
                    reached.TrySetResult();
                clock._watchers.RemoveAll(watcher => watcher.Count <= clock._armed.Count);
                return true;
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
