namespace Durable;

/// <summary>Names the <see cref="PayloadSerializer{T}"/> of a result or a type.</summary>
/// <remarks>
/// <para>On a step or workflow: its result is stored as the bytes that the serializer writes, and as nothing else.</para>
/// <para>On a type, or on the assembly for a type of others, which the serializer's base class names: wherever a value of the type stands in a payload, it is a JSON text with the bytes in base64. Its members are not looked at.</para>
/// <para>An assembly's counts for the workflows and steps of that assembly, and there before that of the type itself. Both count before a <c>JsonSerializerContext</c> and a <c>[JsonConverter]</c> on the type; a <c>[JsonConverter]</c> on a member counts before them.</para>
/// </remarks>
/// <param name="serializer">A class derived from <see cref="PayloadSerializer{T}"/> that generated code can make: not abstract, not generic, with a constructor without parameters (DUR5007).</param>
[AttributeUsage(AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Enum | AttributeTargets.Interface | AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class PayloadSerializerAttribute(Type serializer) : Attribute
{
    /// <summary>The serializer.</summary>
    public Type Serializer { get; } = serializer;
}
