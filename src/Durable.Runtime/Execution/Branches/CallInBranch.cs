namespace Durable.Execution.Branches;

/// <summary>What a call in a branch has besides: the branch may be abandoned, and the call with it.</summary>
/// <param name="caller">The scope of the code that made it, where that is not the call's own; null where it is.</param>
internal sealed class CallInBranch(RunScope? caller)
{
    private readonly Lock _gate = new();
    private CancellationTokenSource? _body;

    public RunScope? Caller => caller;

    /// <summary>The id of the recorded outcome that it waits for; null for none.</summary>
    public string? RecordedAs { get; set; }

    /// <summary>True when nothing of the call is begun, stored or delivered any more.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>The code's move at which it was abandoned.</summary>
    public long AbandonedAt { get; private set; }

    /// <summary>True while its body counts as running. Under the driver's gate.</summary>
    public bool HasBody { get; set; }

    /// <summary>Abandons the call.</summary>
    /// <returns>What cancels its body; null for a call without one.</returns>
    public CancellationTokenSource? Abandon(long now)
    {
        lock (_gate)
        {
            AbandonedAt = now;
            IsAbandoned = true;
            return _body;
        }
    }

    /// <summary>A token for a body that begins, canceled with another one and when the call is abandoned. To be unregistered when the body has ended.</summary>
    public CancellationTokenRegistration Listen(CancellationToken runs, out CancellationToken token)
    {
        // Not disposed: nothing but the registration would hold it, and canceling may come at any time.
        var body = new CancellationTokenSource();
        token = body.Token;
        lock (_gate)
        {
            _body = body;
            if (IsAbandoned)
                body.Cancel();
        }

        return runs.UnsafeRegister(static body => ((CancellationTokenSource)body!).Cancel(), body);
    }
}
