namespace Durable;

/// <summary>Marks a partial method as a step: it runs, and its outcome is checkpointed before the caller sees it. Its body is the method named <c>&lt;Method&gt;Core</c>.</summary>
/// <remarks>Outside a run a step is an ordinary call to its body and nothing is recorded, so that unit tests need no host.</remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class StepAttribute : Attribute
{
    /// <summary>Declares a step named after its method (<c>Type.Method</c> in a type that declares no workflow), without the suffix <c>Async</c>.</summary>
    public StepAttribute() { }

    /// <summary>Declares a step with a name of its own, which a later rename of the method does not change.</summary>
    /// <param name="name">The name that is part of every step id; 1 to 200 characters.</param>
    public StepAttribute(string name) => Name = name;

    /// <summary>The explicit name; null for the default.</summary>
    public string? Name { get; }

    /// <summary>
    /// True when the whole run shares one execution: later and concurrent calls get the first call's outcome, a failure included. Default false.
    /// The step belongs to the root scope wherever it is called; a call with other arguments throws <see cref="StepArgumentMismatchException"/>.
    /// </summary>
    public bool OncePerRun { get; set; }

    /// <summary>How often the body may run when its process dies. Default <see cref="StepMode.AtLeastOnce"/>.</summary>
    public StepMode Mode { get; set; }

    /// <summary>What becomes of a failure when the run gets another attempt. Default <see cref="StepFailure.Resumable"/>.</summary>
    public StepFailure OnFailure { get; set; }
}
