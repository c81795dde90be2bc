using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Durable.CodeFixes.Declarations;

/// <summary>Finds the body that a rename of its declaration has left behind under the old name.</summary>
internal static class OrphanCore
{
    private const string Suffix = "Core";

    /// <summary>The body left behind; null when there is none, or when it is not certain which one belongs to the declaration.</summary>
    /// <param name="renamed">The declaration that has no body.</param>
    /// <param name="types">The compilation's known types.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public static IMethodSymbol? Of(IMethodSymbol renamed, KnownTypes types, CancellationToken cancellationToken)
    {
        var type = renamed.ContainingType;
        var declared = DeclarationNames.Declared(type, types).ToList();
        var orphans = type.GetMembers().OfType<IMethodSymbol>().Where(method => IsOrphan(method, declared, cancellationToken)).ToList();
        var bodyless = declared.Select(method => DeclarationReader.Read(method, types, cancellationToken)).OfType<Declaration>()
            .Where(read => read.Problems.Any(problem => problem.Kind == DeclarationProblemKind.CoreMissing)).ToList();
        var own = bodyless.FirstOrDefault(read => SymbolEqualityComparer.Default.Equals(read.Method, renamed));
        if (own is null || orphans.Where(orphan => CoreSearch.Fits(own, orphan, types)).ToList() is not [var orphan])
            return null;
        return bodyless.Count(read => CoreSearch.Fits(read, orphan, types)) == 1 ? orphan : null;
    }

    /// <summary>The name that the declaration had before it was renamed.</summary>
    public static string OldName(IMethodSymbol orphan) => orphan.Name.Substring(0, orphan.Name.Length - Suffix.Length);

    /// <summary>Private, named like a body, of no declaration, and used nowhere in its type: a helper that happens to have such a name is called by somebody.</summary>
    private static bool IsOrphan(IMethodSymbol method, List<IMethodSymbol> declared, CancellationToken cancellationToken)
        => method is { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private } && method.Name.Length > Suffix.Length && method.Name.EndsWith(Suffix, StringComparison.Ordinal)
            && !declared.Contains(method, SymbolEqualityComparer.Default)
            && !declared.Any(other => DeclarationNames.Core(other) == method.Name)
            && Mentions(method, cancellationToken) == 1;

    private static int Mentions(IMethodSymbol method, CancellationToken cancellationToken) => method.ContainingType.DeclaringSyntaxReferences
        .SelectMany(part => part.GetSyntax(cancellationToken).DescendantTokens())
        .Count(token => token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == method.Name);
}
