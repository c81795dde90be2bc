namespace Durable.Sqlite;

/// <summary>Something to do on a store thread, and who waits for it.</summary>
/// <typeparam name="TSession">What the thread offers: its connection's prepared statements.</typeparam>
internal abstract class SqliteOperation<TSession>
{
    /// <summary>About how many bytes it writes.</summary>
    public int Bytes { get; protected init; }

    /// <summary>Does it. It may be done again after a rollback; the last time counts.</summary>
    public abstract void Execute(TSession session);

    /// <summary>Tells the waiter that it is done.</summary>
    public abstract void Complete();

    /// <summary>Tells the waiter that it is not.</summary>
    public abstract void Fail(Exception exception);
}

/// <inheritdoc/>
internal sealed class SqliteOperation<TSession, TResult> : SqliteOperation<TSession>
{
    // The waiter goes on elsewhere: the store's thread has others to serve.
    private readonly TaskCompletionSource<TResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<TSession, TResult> _work;
    private TResult _result = default!;

    public SqliteOperation(Func<TSession, TResult> work, int bytes = 0)
    {
        _work = work;
        Bytes = bytes;
    }

    public Task<TResult> Done => _done.Task;

    public override void Execute(TSession session) => _result = _work(session);

    public override void Complete() => _done.TrySetResult(_result);

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}
