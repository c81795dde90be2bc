namespace Durable.Runtime.Tests.Workers;

/// <summary>Holds bodies up until a test opens it, and tells how many came.</summary>
internal sealed class Gate
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _entered;

    public int Entered => Volatile.Read(ref _entered);

    public async Task PassAsync()
    {
        Interlocked.Increment(ref _entered);
        await _open.Task;
    }

    /// <summary>As <see cref="PassAsync()"/>, but gives up when the token is canceled.</summary>
    public async Task PassAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _entered);
        var canceled = new TaskCompletionSource();
        using var registration = cancellationToken.Register(() => canceled.TrySetCanceled(cancellationToken));
        await await Task.WhenAny(_open.Task, canceled.Task);
    }

    public void Open() => _open.TrySetResult();
}
