using Durable.Registration;
using Durable.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Durable.Execution;

/// <summary>What the parts of the engine share, and the seams through which all time, scheduling, randomness and storage go.</summary>
internal sealed class Engine
{
    private readonly Lock _gate = new();
    private Task? _initialized;

    public required IRunStore Store { get; init; }

    public required WorkflowRegistry Workflows { get; init; }

    public RetryPolicies Policies { get; init; } = RetryPolicies.None;

    public DurableErrors Errors { get; init; } = new();

    public required DurableOptions Options { get; init; }

    public required IServiceScopeFactory Scopes { get; init; }

    public required ILoggerFactory Loggers { get; init; }

    public required ILogger Log { get; init; }

    /// <summary>The build of the workflow code.</summary>
    public required string BuildId { get; init; }

    /// <summary>This worker in leases and logs.</summary>
    public required string Worker { get; init; }

    public required TimeProvider Time { get; init; }

    public required TaskScheduler Scheduler { get; init; }

    public required Func<Guid> NewId { get; init; }

    public IBodyProbe? Bodies { get; init; }

    /// <summary>Told of each run whose foreign work was cut off by a suspension; null for nobody.</summary>
    public Action<string>? CutOff { get; init; }

    /// <summary>True while a debugger is attached.</summary>
    public required Func<bool> IsDebugged { get; init; }

    /// <summary>Unloads and replays runs without need; null outside of tests.</summary>
    public ForcedReplay? ForcedReplay { get; init; }

    /// <summary>Tells the waiting parts of this process that a run was accepted or has ended.</summary>
    public RunSignals Signals { get; } = new();

    /// <summary>Starts asynchronous work on the engine's scheduler, away from the caller's context. Its awaits return to that scheduler.</summary>
    public Task Start(Func<Task> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, Scheduler).Unwrap();

    /// <inheritdoc cref="Start"/>
    public Task<T> Start<T>(Func<Task<T>> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, Scheduler).Unwrap();

    /// <summary>Queues a short piece of work. The real scheduler is the thread pool, which takes it without an allocation.</summary>
    public void Queue(IThreadPoolWorkItem work)
    {
        if (ReferenceEquals(Scheduler, TaskScheduler.Default))
            ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: false);
        else
            Task.Factory.StartNew(static state => ((IThreadPoolWorkItem)state!).Execute(), work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, Scheduler);
    }

    /// <summary>Completes a hint. Whoever waits for it goes on on the engine's scheduler: neither on the caller's thread, nor on a pool that a simulation knows nothing of.</summary>
    public void Give(TaskCompletionSource hint) => _ = Task.Factory.StartNew(
        static hint => ((TaskCompletionSource)hint!).TrySetResult(), hint, CancellationToken.None, TaskCreationOptions.DenyChildAttach, Scheduler);

    /// <summary>Tells those in this process who look at what a run shows to look again.</summary>
    public void GiveChange(string runId)
    {
        if (Signals.TakeChange(runId) is { } change)
            Give(change);
    }

    /// <summary>Tells those in this process who wait for a run to look again.</summary>
    public void GiveEnd(string runId)
    {
        GiveChange(runId);
        if (Signals.TakeEnd(runId) is { } end)
            Give(end);
    }

    /// <summary>True when a body may be started on the current thread. A scheduler other than the pool decides itself what runs next, and a body that is being started here already is not nested into.</summary>
    public bool MayExecuteHere => ReferenceEquals(Scheduler, TaskScheduler.Default) && !DurableCall.ExecutesHere;

    public Task Delay(TimeSpan delay, CancellationToken cancellationToken) => Task.Delay(delay, Time, cancellationToken);

    /// <summary>Waits for a hint, but no longer than until the next poll.</summary>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public async Task WaitAsync(Task hint, TimeSpan atMost, CancellationToken cancellationToken)
    {
        await WaitQuietlyAsync(hint, atMost, cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Waits for a task, for some time, or for a token, whichever comes first, and does not tell which.</summary>
    public async Task WaitQuietlyAsync(Task task, TimeSpan atMost, CancellationToken cancellationToken)
    {
        // Not WhenAny over a delay: its end would come through the thread pool, which a simulation knows nothing of.
        var enough = new TaskCompletionSource();
        using var canceled = cancellationToken.UnsafeRegister(GiveUp, (this, enough));
        using var timer = Time.CreateTimer(GiveUp, (this, enough), atMost, Timeout.InfiniteTimeSpan);
        await Task.WhenAny(task, enough.Task);

        static void GiveUp(object? state)
        {
            var (engine, enough) = ((Engine, TaskCompletionSource))state!;
            engine.Give(enough);
        }
    }

    /// <summary>Asks the store until it answers.</summary>
    /// <param name="ask">The question, which changes nothing.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public async Task<T> AskAsync<T>(Func<ValueTask<T>> ask, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (StoreException exception) when (exception is not RunDamagedException)
            {
                Execution.Log.StoreUnavailable(Log, exception);
                await Delay(Options.PollInterval, cancellationToken);
            }
        }
    }

    /// <summary>Says that nobody need come back to a task: should it fail then, that is not an exception that was overlooked.</summary>
    public void Forget(Task task)
        => _ = task.ContinueWith(static late => _ = late.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, Scheduler);

    /// <summary>Opens the store once; a failure is tried again by the next caller. The token stops the waiting of one caller, not the opening.</summary>
    public Task InitializeAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_initialized is null or { IsFaulted: true } or { IsCanceled: true })
                _initialized = Start(() => Store.InitializeAsync(CancellationToken.None).AsTask());
            return _initialized.WaitAsync(cancellationToken);
        }
    }
}
