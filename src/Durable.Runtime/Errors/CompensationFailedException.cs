namespace Durable;

/// <summary>
/// What a run did was to be undone, and one or more of what it gave to <see cref="WorkflowContext.Compensate"/> failed. Never thrown: its name is that of the run's error,
/// so that <see cref="RunFailedException.IsCausedBy{TException}"/> tells such runs. The error's inner error is what the run failed or was canceled for.
/// </summary>
public sealed class CompensationFailedException : DurableException
{
    private CompensationFailedException() : base("") { }
}
