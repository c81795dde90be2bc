using Durable.Code;
using Durable.Collections;
using Durable.Declarations;
using Durable.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Durable.Generators.Parsing;

/// <summary>A containing type, from symbols to text.</summary>
internal static class ContainerParser
{
    public static ContainerModel Parse(INamedTypeSymbol container, Compilation compilation)
    {
        var types = new List<INamedTypeSymbol>();
        for (INamedTypeSymbol? type = container; type is not null; type = type.ContainingType)
            types.Insert(0, type);
        return new ContainerModel(
            CodeText.Namespace(container.ContainingNamespace),
            types.Select(Part).ToEquatableArray(),
            container.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            container is { TypeKind: TypeKind.Class, IsStatic: false, IsAbstract: false },
            OpenName(container, types),
            GeneratedNamespace.Of(compilation.AssemblyName));
    }

    /// <summary>A type within a generic one must be accessible to what is around that one.</summary>
    private static string? OpenName(INamedTypeSymbol container, List<INamedTypeSymbol> types)
        => container.IsGenericType && types.SkipWhile(type => type.Arity == 0).Skip(1).All(type => type.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal)
            ? container.ConstructUnboundGenericType().ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)
            : null;

    private static TypePart Part(INamedTypeSymbol type)
    {
        var keyword = (type.TypeKind, type.IsRecord) switch
        {
            (TypeKind.Struct, true) => "record struct",
            (TypeKind.Struct, false) => "struct",
            (TypeKind.Interface, _) => "interface",
            (_, true) => "record",
            _ => "class",
        };
        var parameters = CodeText.TypeParameters(type.TypeParameters);
        return new TypePart(keyword, CodeText.Identifier(type.Name) + parameters, type.Arity > 0, type.Arity == 0 ? type.Name : $"{type.Name}_{type.Arity}");
    }
}
