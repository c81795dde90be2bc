using Microsoft.CodeAnalysis;

namespace Durable.Declarations;

/// <summary>Finds what the user calls like something that the generator writes for a declaration.</summary>
internal static class ReservedMembers
{
    public static void Check(Declaration declaration, Location here, KnownTypes types, List<DeclarationProblem> problems)
    {
        var method = declaration.Method;
        foreach (var symbol in Members(declaration, types).Where(member => IsOfTheUser(member, types)).Concat(Types(declaration)).Concat(Hiding(method)))
            problems.Add(new DeclarationProblem(DeclarationProblemKind.ReservedMemberTaken, symbol.Locations.FirstOrDefault() ?? Location.None, symbol.Name, method.Name));
        foreach (var other in declaration.Kind == DeclarationKind.Signal ? SharedSignals.WithOtherName(declaration, types) : SharingCall(declaration, types))
            problems.Add(new DeclarationProblem(DeclarationProblemKind.CallNameShared, here, method.Name, $"'{declaration.CallName}' for it and for '{other.Name}'"));
    }

    private static IEnumerable<ISymbol> Members(Declaration declaration, KnownTypes types)
    {
        var type = declaration.Method.ContainingType;
        var members = type.GetMembers(DeclarationNames.GeneratedClass).Concat(type.GetMembers(DeclarationNames.PayloadsClass));
        // The module comes through each type around.
        for (var outer = type; outer is not null; outer = outer.ContainingType)
            members = members.Concat(outer.GetMembers(DeclarationNames.RegisterMethod));
        return declaration.CallName is { } name
            ? members.Concat(type.GetMembers(name).Where(member => member is not IMethodSymbol other || SameParameters(other, CallParameters(declaration), types)))
            : members;
    }

    /// <summary>A member has neither the name of its type nor that of a type parameter.</summary>
    private static IEnumerable<ISymbol> Types(Declaration declaration)
    {
        var type = declaration.Method.ContainingType;
        foreach (var symbol in type.TypeParameters.Prepend<ISymbol>(type))
        {
            if (symbol.Name is DeclarationNames.GeneratedClass or DeclarationNames.PayloadsClass or DeclarationNames.RegisterMethod || symbol.Name == declaration.CallName)
                yield return symbol;
        }

        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            if (outer.Name == DeclarationNames.RegisterMethod)
                yield return outer;
        }
    }

    /// <summary>What the generated half would find instead.</summary>
    private static IEnumerable<ISymbol> Hiding(IMethodSymbol method) => method.Parameters.Where(parameter => parameter.Name == DeclarationNames.GeneratedClass);

    /// <summary>The other workflows whose calls would be made by the same method: <c>Run</c> and <c>RunAsync</c>.</summary>
    private static IEnumerable<IMethodSymbol> SharingCall(Declaration declaration, KnownTypes types)
        => declaration.CallName is not { } name ? [] : DeclarationNames.Declared(declaration.Method.ContainingType, types).Where(other
            => !SymbolEqualityComparer.Default.Equals(other, declaration.Method) && types.IsWorkflow(other) && DeclarationNames.Call(other) == name
                && SameParameters([.. Arguments(other, types).Select(argument => argument.Type)], CallParameters(declaration), types));

    /// <summary>A declaration is the user's, although it shares its attributes with its generated half.</summary>
    private static bool IsOfTheUser(ISymbol member, KnownTypes types)
        => !types.IsGenerated(member) || (member is IMethodSymbol method && types.IsDeclared(method));

    /// <summary>What the factory takes: the arguments of a workflow, what a signal brings.</summary>
    private static IReadOnlyList<ITypeSymbol> CallParameters(Declaration declaration)
        => declaration.Kind == DeclarationKind.Workflow ? [.. declaration.Arguments.Select(argument => argument.Type)] : declaration.Result is { } value ? [value] : [];

    private static bool SameParameters(IMethodSymbol other, IReadOnlyList<ITypeSymbol> parameters, KnownTypes types)
        => !other.IsGenericMethod && other.Parameters.All(parameter => parameter.RefKind == RefKind.None) && SameParameters([.. other.Parameters.Select(parameter => parameter.Type)], parameters, types);

    private static bool SameParameters(IReadOnlyList<ITypeSymbol> left, IReadOnlyList<ITypeSymbol> right, KnownTypes types)
        => left.Count == right.Count && left.Zip(right, types.Fits).All(same => same);

    /// <summary>The parameters but the token, which is last.</summary>
    private static List<IParameterSymbol> Arguments(IMethodSymbol method, KnownTypes types)
        => [.. method.Parameters.Where(parameter => parameter.Ordinal < method.Parameters.Length - 1 || !KnownTypes.Same(parameter.Type, types.CancellationToken))];
}
