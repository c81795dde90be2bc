namespace Durable;

/// <summary>
/// The recorded error of a step that an operator let fail by <see cref="RunHandle.FailStepAsync"/>. It is not thrown itself: workflow code gets <see cref="StepFailedException"/>, whose
/// <see cref="StepFailedException.IsCausedBy{TException}"/> tells it.
/// </summary>
public sealed class FailedByOperatorException : DurableException
{
    internal FailedByOperatorException(string message) : base(message) { }
}
