using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Declarations;

/// <summary>Says what is wrong with the types around a declaration.</summary>
internal static class ContainerReading
{
    public static void Read(INamedTypeSymbol container, bool isWorkflow, List<DeclarationProblem> problems)
    {
        if (WhyUnsupported(container) is { } what)
            problems.Add(new DeclarationProblem(DeclarationProblemKind.ContainerUnsupported, Place(container), container.Name, what));
        for (INamedTypeSymbol? type = container; type is not null; type = type.ContainingType)
        {
            if (!IsPartial(type))
                problems.Add(new DeclarationProblem(DeclarationProblemKind.ContainerNotPartial, Place(type), type.Name));
            if (isWorkflow && type.Arity > 0)
                problems.Add(new DeclarationProblem(DeclarationProblemKind.ContainerGeneric, Place(type), type.Name));
        }
    }

    private static string? WhyUnsupported(INamedTypeSymbol type)
    {
        if (type.TypeKind == TypeKind.Struct)
            return "a struct";
        if (type.TypeKind == TypeKind.Interface)
            return "an interface";
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.IsFileLocal)
                return "a file-local type";
        }

        return type.TypeKind == TypeKind.Class ? null : "not a class";
    }

    private static bool IsPartial(INamedTypeSymbol type)
        => type.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax() is TypeDeclarationSyntax syntax && syntax.Modifiers.Any(SyntaxKind.PartialKeyword));

    /// <summary>The type's name where the user wrote it: the first partial declaration, so that every method of the type names one place.</summary>
    private static Location Place(INamedTypeSymbol type)
        => type.Locations.FirstOrDefault(location => location.SourceTree is { } tree && !tree.FilePath.EndsWith(".g.cs", System.StringComparison.Ordinal))
            ?? type.Locations.FirstOrDefault() ?? Location.None;
}
