namespace Durable.Runtime.Tests.Branches;

/// <summary>Doors, one for each value, at which bodies wait until a test opens them, or they are told to stop. What follows runs where the body does.</summary>
internal sealed class Doors
{
    private readonly Dictionary<string, List<TaskCompletionSource>> _closed = [];
    private readonly HashSet<string> _deaf = [];

    /// <summary>Closes the door of a value.</summary>
    /// <param name="value">The value.</param>
    /// <param name="isDeaf">True when bodies wait there whatever they are told.</param>
    public void Close(string value, bool isDeaf)
    {
        _closed.TryAdd(value, []);
        if (isDeaf)
            _deaf.Add(value);
    }

    public void Open(string value)
    {
        if (_closed.Remove(value, out var waiting))
            waiting.ForEach(static body => body.TrySetResult());
    }

    public async Task PassAsync(string value, CancellationToken cancellationToken)
    {
        if (!_closed.TryGetValue(value, out var waiting))
            return;
        var body = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Add(body);
        using var told = _deaf.Contains(value) ? default : cancellationToken.Register(() => body.TrySetCanceled(cancellationToken));
        await body.Task;
    }
}
