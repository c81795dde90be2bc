using Durable.Payloads.Shapes;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

/// <summary>Says of which values <c>Equals</c> sees less than what is stored: a negative zero equals zero, a time in UTC equals one of no zone, and so on in all that holds such values.</summary>
internal static class InexactEquality
{
    private static readonly HashSet<string> s_scalars =
        ["double", "float", "global::System.Double", "global::System.Single", "global::System.Half", "global::System.DateTime", "global::System.DateTimeOffset"];

    /// <summary>True for a type whose equal values may differ.</summary>
    public static bool Of(ITypeSymbol type)
    {
        var value = type.NullableUnderlying() ?? type;
        return value.TypeKind == TypeKind.Struct
            && (ScalarTypes.Read(value) is null
                ? !JsonTypes.IsKnown(value) && !CollectionTypes.IsKnown(value) && !value.HasJsonAttribute("Converter")
                : s_scalars.Contains(value.FullName()));
    }

    /// <summary>True for a payload whose equal values may differ.</summary>
    public static bool Of(PayloadModel payload) => Of(payload, payload.RootName);

    private static bool Of(PayloadModel payload, string name) => payload.Types.FirstOrDefault(type => type.Name == name) switch
    {
        null or { IsReferenceType: true } => false,
        { Shape: NullableShape { Underlying: var underlying } } => Of(payload, underlying),
        { Shape: ScalarShape } => s_scalars.Contains(name),
        { Shape: ObjectShape or TupleShape } => true,
        _ => false,
    };
}
