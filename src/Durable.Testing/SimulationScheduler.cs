namespace Durable.Testing;

/// <summary>Keeps all work in a queue until somebody lets it run, piece by piece, on his own thread.</summary>
/// <param name="order">Chooses which of the waiting work runs next; null for the order in which it came.</param>
internal sealed class SimulationScheduler(Random? order = null) : TaskScheduler
{
    // Far beyond what a store or a body takes: a simulation that waits so long would wait for ever.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly object _gate = new();
    private readonly List<(SimulationLane? Lane, Task Task)> _due = [];
    private int _outside;
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
        var (lane, task) = Take();
        // The caller's own context must not be captured by what runs here.
        var callers = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            if (lane is null)
                TryExecuteTask(task);
            else
                lane.Run(task);
            Interlocked.Exchange(ref _then, null)?.Invoke();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(callers);
        }
    }

    /// <summary>Does something at the end of the work that runs now, before anything that it made due.</summary>
    public void Then(Action action) => _then = action;

    /// <summary>Runs everything that is due, and what that makes due; waits for what is <see cref="OutsideAsync{T}">outside</see>.</summary>
    /// <exception cref="TimeoutException">Something outside did not come back within a minute.</exception>
    public void RunAll()
    {
        while (WaitForWork())
            RunOne();
    }

    /// <summary>Awaits what other threads do, a store on disk for one. The simulation does not count as idle meanwhile.</summary>
    public ValueTask<T> OutsideAsync<T>(ValueTask<T> work)
    {
        if (work.IsCompleted)
            return work;
        lock (_gate)
            _outside++;
        var task = work.AsTask();
        // Asked for first: what the answer leads to is due already when nothing is outside any more.
        var answer = AnswerAsync(task);
        // In the simulation's own queue: the host that asked may be dead by then.
        _ = task.ContinueWith(static (task, scheduler) => ((SimulationScheduler)scheduler!).CameBack(task), this, CancellationToken.None, TaskContinuationOptions.None, this);
        return new ValueTask<T>(answer);

        static async Task<T> AnswerAsync(Task<T> task) => await task;
    }

    /// <summary>Waits a moment for work that other threads may bring; true when there is some.</summary>
    public bool WaitForWork(TimeSpan atMost)
    {
        lock (_gate)
        {
            if (_due.Count == 0)
                Monitor.Wait(_gate, atMost);
            return _due.Count > 0;
        }
    }

    /// <summary>Makes work of a lane due.</summary>
    public void Add(SimulationLane? lane, Task task)
    {
        lock (_gate)
        {
            _due.Add((lane, task));
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Takes what is due of a lane out of the queue.</summary>
    public List<Task> TakeBack(SimulationLane lane)
    {
        lock (_gate)
        {
            var taken = _due.Where(work => work.Lane == lane).Select(work => work.Task).ToList();
            _due.RemoveAll(work => work.Lane == lane);
            return taken;
        }
    }

    protected override void QueueTask(Task task) => Add(null, task);

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (_gate)
            return [.. _due.Select(work => work.Task)];
    }

    private void CameBack(Task task)
    {
        // Whoever asked hears of it; a dead host hears of nothing, and that is nobody's mistake.
        _ = task.Exception;
        lock (_gate)
            _outside--;
    }

    private bool WaitForWork()
    {
        lock (_gate)
        {
            while (_due.Count == 0 && _outside > 0)
            {
                if (!Monitor.Wait(_gate, s_patience))
                    throw new TimeoutException("The simulation waits for a store call that does not return.");
            }

            return _due.Count > 0;
        }
    }

    private (SimulationLane? Lane, Task Task) Take()
    {
        lock (_gate)
        {
            var next = order?.Next(_due.Count) ?? 0;
            var work = _due[next];
            _due.RemoveAt(next);
            return work;
        }
    }
}
