using Microsoft.CodeAnalysis;

namespace Durable.CodeFixes.Payloads;

/// <summary>Finds the types of a project that may stand for another, and what to call each in stored values.</summary>
internal static class DerivedClasses
{
    private static readonly SymbolDisplayFormat s_nested = new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypes);

    /// <summary>Those that have instances and can be named beside their base, in the order in which they are declared. None where one is generic: it cannot be named, and its values would be refused.</summary>
    public static IReadOnlyList<(INamedTypeSymbol Type, string Discriminator)> Of(INamedTypeSymbol type, Compilation compilation)
    {
        var all = Declared(compilation)
            .Where(candidate => candidate is { IsAbstract: false, IsStatic: false, TypeKind: TypeKind.Class or TypeKind.Struct } && Derives(candidate, type) && !SymbolEqualityComparer.Default.Equals(candidate, type))
            .ToList();
        if (all.Any(IsGeneric))
            return [];
        var order = compilation.SyntaxTrees.Select((tree, index) => (tree, index)).ToDictionary(pair => pair.tree, pair => pair.index);
        var within = compilation.IsSymbolAccessibleWithin(type, compilation.Assembly) || type.ContainingType is null ? (ISymbol)compilation.Assembly : type.ContainingType;
        var named = all.Where(candidate => !IsFileLocal(candidate) && compilation.IsSymbolAccessibleWithin(candidate, within) && !candidate.DeclaringSyntaxReferences.IsEmpty)
            .OrderBy(candidate => order[candidate.DeclaringSyntaxReferences[0].SyntaxTree]).ThenBy(candidate => candidate.DeclaringSyntaxReferences[0].Span.Start).ToList();
        return [.. named.Select(candidate => (candidate, Names(candidate).FirstOrDefault(name => named.Count(other => Names(other).Contains(name)) == 1) ?? candidate.ToDisplayString()))];
    }

    /// <summary>Its own name, with the types around it, with the namespace.</summary>
    private static IReadOnlyList<string> Names(INamedTypeSymbol type) => [type.Name, type.ToDisplayString(s_nested), type.ToDisplayString()];

    /// <summary>All types that a project declares.</summary>
    public static IEnumerable<INamedTypeSymbol> Declared(Compilation compilation) => Types(compilation.Assembly.GlobalNamespace);

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol owner) => owner.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .SelectMany(member => member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member));

    private static bool Derives(INamedTypeSymbol type, INamedTypeSymbol ancestor)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, ancestor))
                return true;
        }

        return type.AllInterfaces.Any(face => SymbolEqualityComparer.Default.Equals(face.OriginalDefinition, ancestor));
    }

    private static bool IsGeneric(INamedTypeSymbol type) => type.Arity > 0 || (type.ContainingType is { } outer && IsGeneric(outer));

    private static bool IsFileLocal(INamedTypeSymbol type) => type.IsFileLocal || (type.ContainingType is { } outer && IsFileLocal(outer));
}
