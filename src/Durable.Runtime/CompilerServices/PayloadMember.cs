using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Durable.CompilerServices;

/// <summary>Makes the contracts of a type's members, most of which differ in nothing but name, getter and setter: one call each is what a build has to read.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PayloadMember
{
    /// <summary>The contract of a property without settings of its own.</summary>
    /// <param name="options">The options that the contract is for.</param>
    /// <param name="declaringType">The type that declares it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="storedName">Its name in JSON.</param>
    /// <param name="getter">Reads it.</param>
    /// <param name="setter">Sets it after construction; null where the constructor does, or nothing.</param>
    public static JsonPropertyInfo Of<T>(JsonSerializerOptions options, Type declaringType, string name, string storedName, Func<object, T?> getter, Action<object, T?>? setter = null)
        => JsonMetadataServices.CreatePropertyInfo(options, new JsonPropertyInfoValues<T>
        {
            IsProperty = true,
            IsPublic = true,
            DeclaringType = declaringType,
            PropertyName = name,
            JsonPropertyName = storedName,
            Getter = getter,
            Setter = setter,
        });
}
