using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

/// <summary>Reads <c>[Sensitive]</c>.</summary>
internal static class Sensitivity
{
    private const string Attribute = "Durable.SensitiveAttribute";
    private const int MaxTypes = 1000;

    /// <summary>True where the attribute stands among those of a parameter or result.</summary>
    public static bool IsMarked(IEnumerable<AttributeData> attributes) => attributes.Any(attribute => attribute.AttributeClass?.DefinitionName() == Attribute);

    /// <summary>True for a property or field of a type that carries the attribute: itself, on what it overrides, hides or implements, or on the constructor's parameter of its name, as a record's.</summary>
    public static bool IsMarked(ISymbol member, INamedTypeSymbol owner) => IsMarkedItself(member) || IsMarkedElsewhere(member, owner);

    /// <summary>True where only a member of the same name carries it, of an interface or a base class: what the library's contracts do not tell.</summary>
    private static bool IsMarkedElsewhere(ISymbol member, INamedTypeSymbol owner)
    {
        for (var ancestor = member.ContainingType.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (ancestor.GetMembers(member.Name).Any(hidden => hidden is IPropertySymbol or IFieldSymbol && IsMarkedItself(hidden)))
                return true;
        }

        return owner.AllInterfaces.SelectMany(face => face.GetMembers(member.Name)).Any(declared => IsMarked(declared.GetAttributes()));
    }

    private static bool IsMarkedItself(ISymbol member)
    {
        for (var symbol = member; symbol is not null; symbol = (symbol as IPropertySymbol)?.OverriddenProperty)
        {
            if (IsMarked(symbol.GetAttributes()) || symbol.ContainingType.InstanceConstructors.Any(constructor => constructor.Parameters.Any(parameter => IsNamed(parameter, symbol) && IsMarked(parameter.GetAttributes()))))
                return true;
        }

        return false;
    }

    /// <summary>True when a value may reach a marked member: asked of types that nobody walks, because a converter of the user's writes them.</summary>
    /// <param name="type">The type.</param>
    /// <param name="compilation">The compilation.</param>
    /// <param name="byConverter">True to ask only for those that the contract of a context does not tell: behind a converter that an attribute names, or marked on another member of their name.</param>
    public static bool IsReached(ITypeSymbol type, Compilation compilation, bool byConverter = false) => IsReached(type, compilation, byConverter, new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default));

    private static bool IsReached(ITypeSymbol type, Compilation compilation, bool byConverter, HashSet<ITypeSymbol> seen)
    {
        if (!seen.Add(type))
            return false;
        // Types may reach ever other instances of themselves: what is not read to its end is taken for sensitive.
        if (seen.Count > MaxTypes)
            return true;
        if (type is IArrayTypeSymbol array)
            return IsReached(array.ElementType, compilation, byConverter, seen);
        if (type is not INamedTypeSymbol named)
            return false;
        if (named.TypeArguments.Any(argument => IsReached(argument, compilation, byConverter, seen)))
            return true;
        // The library's types have no such members, and reading them all would take long.
        if (!KnowsTheAttribute(named.ContainingAssembly, compilation))
            return false;
        if (byConverter && (named.HasJsonAttribute("Converter") || Serializers.SerializerAttribute.Among(named.GetAttributes()).Any()))
            return IsReached(named, compilation);
        var members = named.GetMembers().Where(member => member is IPropertySymbol { IsStatic: false, IsIndexer: false } or IFieldSymbol { IsStatic: false, IsImplicitlyDeclared: false });
        return members.Any(IsReachedBy)
            || Derived(named).Any(derived => IsReached(derived, compilation, byConverter, seen))
            || (named.BaseType is { } ancestor && IsReached(ancestor, compilation, byConverter, seen));

        bool IsReachedBy(ISymbol member)
        {
            var value = member is IPropertySymbol property ? property.Type : ((IFieldSymbol)member).Type;
            return byConverter && member.HasJsonAttribute("Converter") ? IsReached(value, compilation)
                : (byConverter ? !IsMarkedItself(member) && IsMarkedElsewhere(member, named) : IsMarked(member, named)) || IsReached(value, compilation, byConverter, seen);
        }
    }

    private static IEnumerable<ITypeSymbol> Derived(INamedTypeSymbol type)
        => type.GetAttributes().Where(attribute => attribute.AttributeClass?.DefinitionName() == "System.Text.Json.Serialization.JsonDerivedTypeAttribute")
            .Select(attribute => attribute.ConstructorArguments is [{ Value: ITypeSymbol derived }, ..] ? derived : null).OfType<ITypeSymbol>();

    private static bool KnowsTheAttribute(IAssemblySymbol? assembly, Compilation compilation)
        => assembly is not null
            && (SymbolEqualityComparer.Default.Equals(assembly, compilation.Assembly)
                || (compilation.GetTypeByMetadataName(Attribute) is { ContainingAssembly: var runtime } && assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == runtime.Name))));

    /// <summary>True for a constructor's parameter that sets a member: of its type and, in any case, its name.</summary>
    public static bool IsNamed(IParameterSymbol parameter, ISymbol member)
        => string.Equals(parameter.Name, member.Name, StringComparison.OrdinalIgnoreCase)
            && SymbolEqualityComparer.Default.Equals(parameter.Type, member is IPropertySymbol property ? property.Type : (member as IFieldSymbol)?.Type);
}
