namespace Durable;

/// <summary>Marks a partial method as a workflow: code whose steps are checkpointed and that may be replayed. Its body is the method named <c>&lt;Method&gt;Core</c>.</summary>
/// <remarks>The declaration has no body and returns <see cref="Task"/>, <see cref="Task{TResult}"/>, <see cref="ValueTask"/> or <see cref="ValueTask{TResult}"/>.</remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class WorkflowAttribute : Attribute
{
    /// <summary>Declares a workflow named <c>Type.Method</c>, without the suffix <c>Async</c>.</summary>
    public WorkflowAttribute() { }

    /// <summary>Declares a workflow with a name of its own, which later renames of type and method do not change.</summary>
    /// <param name="name">The name that is stored with every run; 1 to 200 characters.</param>
    public WorkflowAttribute(string name) => Name = name;

    /// <summary>The explicit name; null for the default <c>Type.Method</c>.</summary>
    public string? Name { get; }

    /// <summary>The version of the code; default 1. A new run starts on the highest version, a started run stays on its own.</summary>
    public int Version { get; set; } = 1;
}
