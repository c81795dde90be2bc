namespace Durable;

/// <summary>A step that runs once per run was called again with other arguments.</summary>
public sealed class StepArgumentMismatchException : DurableException
{
    internal StepArgumentMismatchException(string stepId)
        : base($"Step '{stepId}' is OncePerRun and was called before with other arguments. Call it with the same arguments, give it a [StepKey], or drop OncePerRun.") => StepId = stepId;

    /// <summary>The step's id within the run.</summary>
    public string StepId { get; }
}
