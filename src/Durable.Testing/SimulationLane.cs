namespace Durable.Testing;

/// <summary>The work of one host in the queue of a simulation: it can be held up, or dropped for good, without the rest.</summary>
internal sealed class SimulationLane(SimulationScheduler scheduler) : TaskScheduler
{
    private readonly Lock _gate = new();
    private List<Task>? _held;
    private bool _isDead;

    /// <summary>True once nothing on this lane runs any more.</summary>
    public bool IsDead
    {
        get
        {
            lock (_gate)
                return _isDead;
        }
    }

    /// <summary>Nothing on this lane runs any more: what is due is dropped, and so is everything that becomes due.</summary>
    public void Kill()
    {
        lock (_gate)
            (_isDead, _held) = (true, null);
        scheduler.TakeBack(this);
    }

    /// <summary>Nothing on this lane runs until it is <see cref="Release">released</see>; what is due waits.</summary>
    public void Hold()
    {
        lock (_gate)
            _held ??= scheduler.TakeBack(this);
    }

    /// <summary>Makes due what has waited.</summary>
    public void Release()
    {
        List<Task>? held;
        lock (_gate)
            (held, _held) = (_held, null);
        foreach (var task in held ?? [])
            scheduler.Add(this, task);
    }

    /// <summary>Runs one piece of work that was taken from the queue.</summary>
    public void Run(Task task) => TryExecuteTask(task);

    protected override void QueueTask(Task task)
    {
        lock (_gate)
        {
            if (_isDead)
                return;
            if (_held is not null)
                _held.Add(task);
            else
                scheduler.Add(this, task);
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
