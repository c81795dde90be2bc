using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

/// <summary>Types of the library. Most were not made to be stored: System.Text.Json writes what can be read of them, and brings back another value, or none.</summary>
internal static class LibraryTypes
{
    /// <summary>Those that come back although not all that is written of them can be set: the rest is computed, or they have a converter of the library's.</summary>
    private static readonly HashSet<string> s_whole =
    [
        "System.Memory`1", "System.ReadOnlyMemory`1", "System.UriBuilder",
        "System.Drawing.Point", "System.Drawing.PointF", "System.Drawing.Size", "System.Drawing.SizeF", "System.Drawing.Rectangle", "System.Drawing.RectangleF",
    ];

    private static readonly HashSet<string> s_fillable =
    [
        "System.Collections.IList", "System.Collections.IDictionary", "System.Collections.Generic.ICollection`1", "System.Collections.Generic.IDictionary`2",
    ];

    /// <summary>True for a type of the library.</summary>
    public static bool Include(INamedTypeSymbol type, Compilation compilation)
    {
        if (SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly) || type.DefinitionName() == "System.Collections.Generic.KeyValuePair`2")
            return false;
        var space = type.ContainingNamespace;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
            space = space.ContainingNamespace;
        return space?.Name == "System";
    }

    /// <summary>True for a type of the library that System.Text.Json brings back without a converter: a collection that it can fill, or an object whose members can all be set.</summary>
    public static bool ComeBack(INamedTypeSymbol type)
    {
        if (s_whole.Contains(type.DefinitionName()))
            return true;
        var isMade = type is { TypeKind: TypeKind.Class } && type.InstanceConstructors.Any(constructor => constructor is { Parameters.Length: 0, DeclaredAccessibility: Accessibility.Public });
        return type.AllInterfaces.Any(face => face.SpecialType == SpecialType.System_Collections_IEnumerable)
            ? isMade && type.AllInterfaces.Any(face => s_fillable.Contains(face.DefinitionName()))
            : (isMade || type.IsValueType) && AreAllSet(type);
    }

    private static bool AreAllSet(INamedTypeSymbol type)
    {
        var properties = new List<IPropertySymbol>();
        for (var current = type; current is not null; current = current.BaseType)
            properties.AddRange(current.GetMembers().OfType<IPropertySymbol>().Where(property => property is { IsStatic: false, IsIndexer: false, GetMethod.DeclaredAccessibility: Accessibility.Public }));
        return properties.Count > 0 && properties.All(property => property.SetMethod is { DeclaredAccessibility: Accessibility.Public });
    }
}
