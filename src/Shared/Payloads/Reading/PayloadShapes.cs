using Durable.Payloads.Errors;
using Durable.Payloads.Shapes;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

/// <summary>Finds the shape of a type: the first that knows it.</summary>
internal static class PayloadShapes
{
    /// <summary>The shape; null when the type cannot be stored, which the walk was told.</summary>
    public static PayloadShape? Read(ITypeSymbol type, string path, PayloadWalk walk)
        => UserSerializers.Read(type, path, walk)
            ?? ReadContext(type, walk)
            ?? UserConverters.Read(type, path, walk)
            ?? ScalarTypes.Read(type)
            ?? JsonTypes.Read(type)
            ?? ReadEnum(type)
            ?? ReadNullable(type, path, walk)
            ?? CollectionTypes.Read(type, path, walk)
            ?? (TupleTypes.IsKnown(type) ? TupleTypes.Read(type, path, walk)
                : walk.Error is { } error && SymbolEqualityComparer.Default.Equals(type, error) ? ErrorTypes.Read(error, path, walk)
                : ObjectTypes.Read(type, path, walk));

    private static PayloadShape? ReadContext(ITypeSymbol type, PayloadWalk walk) => walk.Contexts.Owner(type) is { } context
        ? new ContextShape(
            context.Name,
            context.HasOptions,
            Sensitivity.IsReached(type, walk.Compilation),
            context.HasConverters ? Sensitivity.IsReached(type, walk.Compilation) : Sensitivity.IsReached(type, walk.Compilation, byConverter: true))
        : null;

    private static PayloadShape? ReadEnum(ITypeSymbol type)
        => type is INamedTypeSymbol { TypeKind: TypeKind.Enum } named ? new EnumShape(named.EnumUnderlyingType?.SpecialType == SpecialType.System_UInt64) : null;

    private static PayloadShape? ReadNullable(ITypeSymbol type, string path, PayloadWalk walk)
        => type.NullableUnderlying() is { } underlying ? new NullableShape(walk.Visit(underlying, path)) : null;
}
