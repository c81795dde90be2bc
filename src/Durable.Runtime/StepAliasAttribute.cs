namespace Durable;

/// <summary>Keeps checkpoints readable that were written under an earlier name of the step.</summary>
/// <param name="name">The earlier name.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class StepAliasAttribute(string name) : Attribute
{
    /// <summary>The earlier name.</summary>
    public string Name { get; } = name;
}
