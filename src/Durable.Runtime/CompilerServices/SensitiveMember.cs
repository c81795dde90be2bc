using System.ComponentModel;
using System.Reflection;
using System.Text.Json.Serialization.Metadata;

namespace Durable.CompilerServices;

/// <summary>Marks members of generated contracts as sensitive, where the contracts of a <c>JsonSerializerContext</c> carry the attributes of the member itself.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SensitiveMember : ICustomAttributeProvider
{
    private static readonly SensitiveAttribute s_attribute = new();

    private SensitiveMember() { }

    /// <summary>The mark: <see cref="JsonPropertyInfo.AttributeProvider"/> of a sensitive member.</summary>
    public static ICustomAttributeProvider Mark { get; } = new SensitiveMember();

    /// <inheritdoc/>
    public object[] GetCustomAttributes(bool inherit) => [s_attribute];

    /// <inheritdoc/>
    public object[] GetCustomAttributes(Type attributeType, bool inherit) => IsDefined(attributeType, inherit) ? [s_attribute] : [];

    /// <inheritdoc/>
    public bool IsDefined(Type attributeType, bool inherit) => attributeType.IsAssignableFrom(typeof(SensitiveAttribute));

    internal static bool Is(JsonPropertyInfo member) => IsMarked(member.AttributeProvider) || IsMarked(member.AssociatedParameter?.AttributeProvider);

    private static bool IsMarked(ICustomAttributeProvider? provider) => provider switch
    {
        null => false,
        // Of an overridden property the attribute counts as well, which the provider itself does not look for.
        MemberInfo member => Attribute.IsDefined(member, typeof(SensitiveAttribute), inherit: true),
        _ => provider.IsDefined(typeof(SensitiveAttribute), inherit: true),
    };
}
