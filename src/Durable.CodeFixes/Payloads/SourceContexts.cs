using Durable.Payloads.Contexts;
using Microsoft.CodeAnalysis;

namespace Durable.CodeFixes.Payloads;

/// <summary>The contexts that a project declares.</summary>
internal static class SourceContexts
{
    /// <summary>Those of the same namespace first, then those of the namespaces around it; of these the registered ones first.</summary>
    /// <param name="compilation">The project.</param>
    /// <param name="space">The namespace of what is to be stored.</param>
    public static IEnumerable<(INamedTypeSymbol Context, bool IsRegistered)> Of(Compilation compilation, string space)
    {
        var registered = new HashSet<INamedTypeSymbol>(compilation.Assembly.GetAttributes().Select(ContextAttribute.Context).OfType<INamedTypeSymbol>(), SymbolEqualityComparer.Default);
        return DerivedClasses.Declared(compilation).Where(ContextAttribute.IsContext)
            .Select(context => (Context: context, IsRegistered: registered.Contains(context)))
            .OrderBy(found => Distance(found.Context, space))
            .ThenByDescending(found => found.IsRegistered)
            .ThenBy(found => found.Context.ToDisplayString(), StringComparer.Ordinal);
    }

    private static int Distance(INamedTypeSymbol context, string space)
    {
        var own = context.ContainingNamespace.IsGlobalNamespace ? "" : context.ContainingNamespace.ToDisplayString();
        return own == space ? 0 : own.Length == 0 || space.StartsWith(own + ".", StringComparison.Ordinal) ? 1 : 2;
    }
}
