using Durable.Execution;

namespace Durable.Testing.Tests.Crashes.Mutants;

/// <summary>Runs work in the order in which it comes, but bodies at once: as if there were always a thread that takes them up before the one that queued them goes on.</summary>
internal sealed class FastThreads : TaskScheduler
{
    private readonly Queue<Task> _due = new();

    /// <summary>Does something, and what follows from it.</summary>
    public T Run<T>(Func<Task<T>> work)
    {
        var done = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();
        while (_due.TryDequeue(out var task))
            TryExecuteTask(task);
        return done.IsCompleted ? done.GetAwaiter().GetResult() : throw new InvalidOperationException("The work stands still.");
    }

    protected override void QueueTask(Task task)
    {
        if (task.AsyncState is not DurableCall)
        {
            _due.Enqueue(task);
            return;
        }

        var thread = new Thread(() => TryExecuteTask(task));
        thread.Start();
        thread.Join();
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => [.. _due];
}
