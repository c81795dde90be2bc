using System.Collections.Concurrent;

namespace Durable.Execution;

/// <summary>Wake-ups within one process. Only a hint that saves waiting for the next poll: nothing relies on one arriving.</summary>
internal sealed class RunSignals
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _ends = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _changes = new();

    /// <summary>Raised when a run became claimable.</summary>
    public event Action? RunAccepted;

    public void Accepted() => RunAccepted?.Invoke();

    /// <summary>Raised when a run was suspended, with its wait: it is claimable when that has passed.</summary>
    public event Action<TimeSpan>? RunSuspended;

    public void Suspended(TimeSpan wait) => RunSuspended?.Invoke(wait);

    /// <summary>Raised when a run was terminated, with its id.</summary>
    public event Action<string>? RunTerminated;

    public void Terminated(string runId) => RunTerminated?.Invoke(runId);

    /// <summary>Raised when a run is to be canceled, with its id.</summary>
    public event Action<string>? RunCancelRequested;

    public void CancelRequested(string runId) => RunCancelRequested?.Invoke(runId);

    /// <summary>Raised when a message was sent to a run, with its id.</summary>
    public event Action<string>? RunMessageSent;

    public void MessageSent(string runId)
    {
        RunMessageSent?.Invoke(runId);
        // Where it was suspended it is claimable now.
        Accepted();
    }

    /// <summary>A task that completes when this process sees the run publish or append something, or end.</summary>
    public Task Changed(string runId) => _changes.GetOrAdd(runId, static _ => new TaskCompletionSource()).Task;

    /// <summary>The source of that task when somebody waits for it, to be completed on the engine's scheduler.</summary>
    public TaskCompletionSource? TakeChange(string runId) => _changes.TryRemove(runId, out var change) ? change : null;

    /// <summary>A task that completes when this process sees the run end.</summary>
    public Task Ended(string runId) => _ends.GetOrAdd(runId, static _ => new TaskCompletionSource()).Task;

    /// <summary>The source of that task when somebody waits for it, to be completed on the engine's scheduler.</summary>
    public TaskCompletionSource? TakeEnd(string runId) => _ends.TryRemove(runId, out var end) ? end : null;
}
