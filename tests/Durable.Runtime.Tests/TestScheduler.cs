namespace Durable.Runtime.Tests;

/// <summary>Runs the whole engine on the test's own thread: work waits in a queue until the test lets it run.</summary>
/// <param name="order">Chooses which of the waiting work runs next; null for the order in which it came.</param>
internal sealed class TestScheduler(Random? order = null) : TaskScheduler
{
    private readonly Lock _gate = new();
    private readonly List<Task> _due = [];
    private Action? _then;

    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return _due.Count == 0;
        }
    }

    /// <summary>Runs one piece of the due work.</summary>
    public void RunOne()
    {
        var task = Take();
        // The test's own context must not be captured by what runs here.
        var callers = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            TryExecuteTask(task);
            Interlocked.Exchange(ref _then, null)?.Invoke();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(callers);
        }
    }

    /// <summary>Does something at the end of the work that runs now, before anything that it made due.</summary>
    public void Then(Action action) => _then = action;

    /// <summary>Runs everything that is due, and what that makes due.</summary>
    public void RunAll()
    {
        while (!IsIdle)
            RunOne();
    }

    protected override void QueueTask(Task task)
    {
        lock (_gate)
            _due.Add(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate)
            return [.. _due];
    }

    private Task Take()
    {
        lock (_gate)
        {
            var next = order?.Next(_due.Count) ?? 0;
            var task = _due[next];
            _due.RemoveAt(next);
            return task;
        }
    }
}
