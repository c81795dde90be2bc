using System.Text.Json.Serialization;

namespace Durable;

/// <summary>
/// Lets System.Text.Json store the payload types that Durable has no stored form for: those that a <see cref="JsonSerializerContext"/> of yours names in <c>[JsonSerializable(typeof(...))]</c>.
/// </summary>
/// <remarks>
/// <para>It counts for the workflows and steps of the assembly that carries the attribute, and nowhere else. Each context has an attribute of its own.</para>
/// <para>
/// A type that a context names is the context's, with all that it reaches: the build looks no deeper. What Durable's own contracts know keeps them where such a value reaches it.
/// A context with <see cref="JsonSourceGenerationOptionsAttribute"/> stores its types under these options, whole, exactly as it would store them elsewhere.
/// Simple values, tuples and JSON itself are stored as without a context, and what lives in this process only (delegates, streams, tokens) is refused all the same (DUR5001).
/// </para>
/// </remarks>
/// <param name="context">The context: a class of this or another assembly that this one can name, made by System.Text.Json's source generator (DUR5003).</param>
/// <example><code>
/// [assembly: DurableJsonContext(typeof(ShopJson))]
///
/// [JsonSerializable(typeof(Basket))]
/// internal sealed partial class ShopJson : JsonSerializerContext;
/// </code></example>
[AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
public sealed class DurableJsonContextAttribute(Type context) : Attribute
{
    /// <summary>The context.</summary>
    public Type Context { get; } = context;
}
