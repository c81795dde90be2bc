namespace Durable;

/// <summary>A child run, as its parent's code sees it.</summary>
public class ChildHandle
{
    private readonly Func<Task> _wait;
    private Task? _end;

    internal ChildHandle(string runId, Func<Task> wait) => (RunId, _wait) = (runId, wait);

    /// <summary>The child's run id.</summary>
    public string RunId { get; }

    /// <summary>Waits for the child's end. A durable call, made once: asked again, it is the same task.</summary>
    /// <exception cref="ChildWorkflowFailedException">The child failed or was canceled.</exception>
    public Task GetResultAsync() => _end ??= _wait();
}

/// <summary>A child run with a result, as its parent's code sees it.</summary>
/// <typeparam name="TResult">The child's result.</typeparam>
public sealed class ChildHandle<TResult> : ChildHandle
{
    internal ChildHandle(string runId, Func<Task<TResult>> wait) : base(runId, wait) { }

    /// <summary>Waits for the child's end and returns its result. A durable call, made once: asked again, it is the same task.</summary>
    /// <exception cref="ChildWorkflowFailedException">The child failed or was canceled.</exception>
    public new Task<TResult> GetResultAsync() => (Task<TResult>)base.GetResultAsync();
}
