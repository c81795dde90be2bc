using Durable.Payloads.Contexts;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

/// <summary>Finds the members that JSON sees: those of the type first, then those of its bases. A hidden one is seen, as by the library, where what hides it is not stored or is stored under another name.</summary>
internal static class ObjectMembers
{
    /// <summary>The members, with the ignored ones, which a constructor may still name.</summary>
    /// <param name="type">The type.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="walk">Is told of problems; null to look only.</param>
    /// <param name="below">True for a base whose members are not stored, and those of its bases neither; null for none.</param>
    public static IReadOnlyList<MemberSource> Of(INamedTypeSymbol type, string path, PayloadWalk? walk, Func<INamedTypeSymbol, bool>? below = null)
    {
        var members = new List<MemberSource>();
        var nearer = new List<ISymbol>();
        for (var current = type; current is { SpecialType: not (SpecialType.System_Object or SpecialType.System_ValueType) } && below?.Invoke(current) != true; current = current.BaseType)
        {
            foreach (var symbol in current.GetMembers().OrderBy(symbol => symbol is IFieldSymbol))
            {
                if (IsCandidate(symbol) && (symbol.DeclaredAccessibility == Accessibility.Public || symbol.HasJsonAttribute("Include")) && !IsCovered(symbol, type, nearer))
                {
                    nearer.Add(symbol);
                    if (Read(symbol, type, path, walk) is { } member)
                        members.Insert(PlaceOf(member, members), member);
                }
            }
        }

        return members;
    }

    private static bool IsCandidate(ISymbol symbol) => symbol switch
    {
        IPropertySymbol property => property is { IsStatic: false, IsIndexer: false, ExplicitInterfaceImplementations.Length: 0 },
        IFieldSymbol field => field is { IsStatic: false, IsConst: false, IsImplicitlyDeclared: false },
        _ => false,
    };

    // The library writes it in the place of the one that is ignored.
    private static int PlaceOf(MemberSource member, List<MemberSource> members)
        => members.FindIndex(other => other.IsIgnored && !member.IsIgnored && other.StoredName == member.StoredName) is >= 0 and var place ? place + 1 : members.Count;

    private static bool IsCovered(ISymbol symbol, INamedTypeSymbol type, List<ISymbol> nearer)
    {
        var hidden = new MemberSource(symbol, type);
        return nearer.Where(other => other.Name == symbol.Name).Any(other => hidden.IsIgnored || Overrides(other, symbol) || (IsStored(other) && new MemberSource(other, type).StoredName == hidden.StoredName));

        bool IsStored(ISymbol other) => !new MemberSource(other, type).IsIgnored && (other is IPropertySymbol || other.HasJsonAttribute("Include"));
    }

    private static bool Overrides(ISymbol nearer, ISymbol symbol)
    {
        for (var overridden = (nearer as IPropertySymbol)?.OverriddenProperty; overridden is not null; overridden = overridden.OverriddenProperty)
        {
            if (SymbolEqualityComparer.Default.Equals(overridden, symbol))
                return true;
        }

        return false;
    }

    private static MemberSource? Read(ISymbol symbol, INamedTypeSymbol type, string path, PayloadWalk? walk)
    {
        var member = new MemberSource(symbol, type);
        if (member.IsIgnored)
            return member;
        var memberPath = $"{path}.{symbol.Name}";
        if (symbol.HasJsonAttribute("ExtensionData"))
            walk?.Refuse(member.Type, memberPath, $"takes extension data, which has no stored form: use a dictionary without [JsonExtensionData]{ContextAdvice.Around}");
        if (symbol is IFieldSymbol && !symbol.HasJsonAttribute("Include"))
        {
            walk?.Report(new PayloadProblem(PayloadProblemKind.Lossy, memberPath, member.Type.ShortName(), "is a field and is not stored: make it a property, or mark it with [JsonInclude] or [JsonIgnore]"));
            return null;
        }

        if (!member.IsReadable(walk))
        {
            if (member.HasInclude)
                walk?.Report(new PayloadProblem(PayloadProblemKind.Inaccessible, memberPath, member.Type.ShortName(), "is marked [JsonInclude] and cannot be read by generated code"));
            return null;
        }

        if (symbol.IsObsoleteAsError())
            walk?.Refuse(member.Type, memberPath, "is obsolete as an error, so that generated code cannot use it");
        return member;
    }
}
