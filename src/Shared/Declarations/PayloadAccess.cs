using Microsoft.CodeAnalysis;

namespace Durable.Declarations;

/// <summary>Says whether generated code of the assembly can name the types of arguments and results.</summary>
internal static class PayloadAccess
{
    /// <param name="type">The type.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="method">The method that takes or returns it.</param>
    /// <param name="within">Where generated code names it: the declaring type, or the assembly.</param>
    /// <param name="types">The compilation's known types.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static void Check(ITypeSymbol type, Location place, IMethodSymbol method, ISymbol within, KnownTypes types, List<DeclarationProblem> problems)
    {
        switch (type)
        {
            case IErrorTypeSymbol:
                problems.Add(new DeclarationProblem(DeclarationProblemKind.UnresolvedType, place, type.Name));
                break;
            case ITypeParameterSymbol:
                // A type parameter of the method itself is reported as what it is: a generic method.
                if (type.ContainingSymbol is INamedTypeSymbol)
                    problems.Add(new DeclarationProblem(DeclarationProblemKind.PayloadOpen, place, type.Name, method.Name));
                break;
            case IArrayTypeSymbol array:
                Check(array.ElementType, place, method, within, types, problems);
                break;
            case INamedTypeSymbol named:
                CheckNamed(named, place, method, within, types, problems);
                break;
        }
    }

    private static void CheckNamed(INamedTypeSymbol type, Location place, IMethodSymbol method, ISymbol within, KnownTypes types, List<DeclarationProblem> problems)
    {
        if (!IsNameable(type, within, types))
        {
            problems.Add(new DeclarationProblem(DeclarationProblemKind.PayloadNotAccessible, place, type.Name, method.Name));
            return;
        }

        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            foreach (var argument in outer.TypeArguments)
                Check(argument, place, method, within, types, problems);
        }
    }

    private static bool IsNameable(INamedTypeSymbol type, ISymbol within, KnownTypes types)
    {
        for (INamedTypeSymbol? outer = type; outer is not null; outer = outer.ContainingType)
        {
            if (outer.IsFileLocal)
                return false;
        }

        return types.Compilation.IsSymbolAccessibleWithin(type.OriginalDefinition, within);
    }
}
