using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace Durable;

/// <summary>Written by the generator: says that an assembly has workflows or steps, and names its module.</summary>
/// <param name="module">The generated module, a <see cref="CompilerServices.DurableModule"/>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class DurableAssemblyAttribute([DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] Type module) : Attribute
{
    /// <summary>The generated module.</summary>
    public Type Module { get; } = module;
}
