using Durable.Payloads.Shapes;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

/// <summary>Chooses the constructor that reading calls.</summary>
internal static class ObjectConstructors
{
    /// <summary>The annotated one, else the public one without parameters, else the only public one.</summary>
    public static IMethodSymbol? Choose(INamedTypeSymbol type, string path, PayloadWalk walk)
    {
        var constructors = type.InstanceConstructors;
        var annotated = constructors.Where(constructor => constructor.HasJsonAttribute("Constructor")).ToList();
        if (annotated.Count > 1)
            return Refuse("has more than one [JsonConstructor]");
        if (annotated.Count == 1)
            return annotated[0];
        var usable = constructors.Where(constructor => constructor.DeclaredAccessibility == Accessibility.Public && !constructor.IsImplicitlyDeclared).ToList();
        if (usable.Count == 0)
            return constructors.FirstOrDefault(constructor => constructor.Parameters.Length == 0 && constructor.DeclaredAccessibility == Accessibility.Public)
                ?? Refuse("has no public constructor: make one public, or mark one with [JsonConstructor]");
        if (usable.FirstOrDefault(constructor => constructor.Parameters.Length == 0) is { } empty)
            return empty;
        // A struct can be made without its constructor; that would pass over declared defaults, so it is the second choice.
        var isMatched = usable.Count == 1 && usable[0].Parameters.All(parameter => MemberOf(parameter, ObjectMembers.Of(type, path, null)) is not null);
        if (type.IsValueType && !isMatched)
            return constructors.FirstOrDefault(constructor => constructor.Parameters.Length == 0);
        return usable.Count == 1 ? usable[0] : Refuse("has several public constructors: mark one with [JsonConstructor]");

        IMethodSymbol? Refuse(string reason)
        {
            walk.Refuse(type, path, reason);
            return null;
        }
    }

    /// <summary>The member that a parameter sets: of its type, and of its name in any case.</summary>
    public static MemberSource? MemberOf(IParameterSymbol parameter, IReadOnlyList<MemberSource> members)
    {
        var ofType = members.Where(member => SymbolEqualityComparer.Default.Equals(member.Type, parameter.Type)).ToList();
        return ofType.FirstOrDefault(member => member.Symbol.Name == parameter.Name)
            ?? ofType.FirstOrDefault(member => string.Equals(member.Symbol.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
    }

    public static ConstructorCall CallOf(IMethodSymbol constructor, IReadOnlyList<MemberSource> members, PayloadWalk walk)
    {
        if (constructor is { IsImplicitlyDeclared: true, ContainingType.IsValueType: true })
            return ConstructorCall.Default;
        var setsRequired = constructor.HasAttribute("System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute") || !members.Any(member => member.IsRequired);
        return setsRequired && !constructor.IsObsoleteAsError() && walk.IsAccessible(constructor, constructor.ContainingType) ? ConstructorCall.New : ConstructorCall.Accessor;
    }
}
