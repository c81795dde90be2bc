namespace Durable.Runtime.Tests;

/// <summary>Runs the whole engine on the test's own thread: of the work that is due, the seed chooses what runs next.</summary>
internal sealed class SeededScheduler(int seed) : TaskScheduler
{
    private readonly Random _random = new(seed);
    private readonly List<Task> _due = [];
    private Action? _then;

    public bool IsIdle => _due.Count == 0;

    /// <summary>Runs one piece of the due work.</summary>
    public void RunOne()
    {
        var index = _random.Next(_due.Count);
        var task = _due[index];
        _due.RemoveAt(index);
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

    protected override void QueueTask(Task task) => _due.Add(task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _due;
}
