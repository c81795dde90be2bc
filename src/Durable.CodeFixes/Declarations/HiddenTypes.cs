using Microsoft.CodeAnalysis;

namespace Durable.CodeFixes.Declarations;

/// <summary>Gathers the types that an assembly cannot name and would have to, so that a type of its own can be named.</summary>
/// <param name="compilation">The assembly.</param>
internal sealed class HiddenTypes(Compilation compilation)
{
    private readonly List<INamedTypeSymbol> _all = [];
    private readonly HashSet<INamedTypeSymbol> _seen = new(SymbolEqualityComparer.Default);

    /// <summary>The types to open, the first one mentioned first.</summary>
    public IReadOnlyList<INamedTypeSymbol> All => _all;

    /// <summary>Adds what is hidden of a type and all that it is made of; false where something cannot be opened: it is file-local, or not the assembly's own.</summary>
    public bool Add(ITypeSymbol? type)
    {
        switch (type)
        {
            case IArrayTypeSymbol array:
                return Add(array.ElementType);
            case INamedTypeSymbol named:
                for (INamedTypeSymbol? outer = named; outer is not null; outer = outer.ContainingType)
                {
                    if (!outer.TypeArguments.All(Add))
                        return false;
                }

                return compilation.IsSymbolAccessibleWithin(named.OriginalDefinition, compilation.Assembly) ? !IsFileLocal(named) : Open(named.OriginalDefinition);
            default:
                return true;
        }
    }

    private bool Open(INamedTypeSymbol hidden)
    {
        if (IsFileLocal(hidden))
            return false;
        for (INamedTypeSymbol? type = hidden; type is not null; type = type.ContainingType)
        {
            if (!_seen.Add(type))
                continue;
            if (type.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
            {
                if (type.DeclaringSyntaxReferences.IsEmpty)
                    return false;
                _all.Add(type);
            }
            else if (type.ContainingType is null)
            {
                // Its own members are seen as before.
                continue;
            }

            if (!Shown(type).All(Add))
                return false;
        }

        return true;
    }

    /// <summary>The types that C# asks to be as visible as the one that shows them.</summary>
    private static IEnumerable<ITypeSymbol?> Shown(INamedTypeSymbol type)
    {
        var members = type.GetMembers().Where(member => member.DeclaredAccessibility != Accessibility.Private).SelectMany(Types);
        return members.Prepend(type.BaseType).Concat(type.TypeParameters.SelectMany(parameter => parameter.ConstraintTypes));
    }

    private static IEnumerable<ITypeSymbol?> Types(ISymbol member) => member switch
    {
        IFieldSymbol field => [field.Type],
        IPropertySymbol property => property.Parameters.Select(parameter => parameter.Type).Prepend(property.Type),
        IEventSymbol @event => [@event.Type],
        IMethodSymbol method => method.Parameters.Select(parameter => parameter.Type).Prepend(method.ReturnType),
        _ => [],
    };

    private static bool IsFileLocal(INamedTypeSymbol type) => type.IsFileLocal || (type.ContainingType is { } outer && IsFileLocal(outer));
}
