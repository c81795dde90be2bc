namespace Durable;

/// <summary>The recorded error of a step whose code reported nothing but a message (<see cref="StepGuard{TResult}.FailAsync(string)"/>). It is not thrown itself: workflow code gets <see cref="StepFailedException"/>.</summary>
public sealed class ReportedFailureException : DurableException
{
    internal ReportedFailureException(string message) : base(message) { }
}
