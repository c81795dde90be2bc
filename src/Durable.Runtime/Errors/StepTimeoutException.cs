namespace Durable;

/// <summary>The last attempt of a step took longer than <see cref="RetryPolicy.AttemptTimeout"/>. The same type and data on the first run and on every replay.</summary>
public sealed class StepTimeoutException : StepFailedException
{
    internal StepTimeoutException(string stepId, ErrorInfo error, int attempts, Exception? cause = null) : base(stepId, error, attempts, cause) { }
}
