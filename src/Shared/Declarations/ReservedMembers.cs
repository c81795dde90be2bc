using Microsoft.CodeAnalysis;

namespace Durable.Declarations;

/// <summary>Finds members of the user that have the name of one that the generator writes.</summary>
internal static class ReservedMembers
{
    public static void Check(Declaration declaration, KnownTypes types, List<DeclarationProblem> problems)
    {
        var method = declaration.Method;
        foreach (var member in Named(method, DeclarationNames.GeneratedClass).Concat(Named(method, DeclarationNames.PayloadsClass)).Concat(Named(method, DeclarationNames.RegisterMethod)).Concat(Calls(declaration)))
        {
            if (!types.IsGenerated(member))
                problems.Add(new DeclarationProblem(DeclarationProblemKind.ReservedMemberTaken, member.Locations.FirstOrDefault() ?? Location.None, member.Name, method.Name));
        }
    }

    private static IEnumerable<ISymbol> Calls(Declaration declaration)
        => declaration.CallName is { } name
            ? Named(declaration.Method, name).Where(member => member is not IMethodSymbol other || SameParameters(other, declaration.Arguments))
            : [];

    private static IEnumerable<ISymbol> Named(IMethodSymbol method, string name) => method.ContainingType.GetMembers(name);

    private static bool SameParameters(IMethodSymbol other, IReadOnlyList<IParameterSymbol> arguments)
        => other.Parameters.Length == arguments.Count && other.Parameters.Zip(arguments, (left, right) => KnownTypes.Same(left.Type, right.Type)).All(same => same);
}
