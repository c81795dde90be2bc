using Microsoft.CodeAnalysis;

namespace Durable.Declarations;

/// <summary>Finds steps that a run of one type could not tell apart: equal names or aliases, in the type or in one that it derives from.</summary>
internal static class DuplicateSteps
{
    public static void Check(Declaration step, Location here, KnownTypes types, List<DeclarationProblem> problems)
    {
        var aliases = step.Method.GetAttributes().Where(data => KnownTypes.Same(data.AttributeClass, types.StepAliasAttribute)).ToList();
        foreach (var other in Others(step.Method, types))
        {
            var name = Name(other, types);
            var otherAliases = DeclarationNames.Aliases(other, types);
            // Inside one type the step with the alias is the one to report; a base type knows nothing of what derives from it.
            var isInherited = !SymbolEqualityComparer.Default.Equals(other.ContainingType, step.Method.ContainingType);
            if (name == step.Name || (isInherited && otherAliases.Contains(step.Name)))
                problems.Add(Problem(here, step.Name, other));
            foreach (var alias in aliases)
            {
                if (DeclarationNames.Alias(alias) is { Length: > 0 } text && (text == name || otherAliases.Contains(text)))
                    problems.Add(Problem(DeclarationReader.Place(alias, here), text, other));
            }
        }
    }

    private static IEnumerable<IMethodSymbol> Others(IMethodSymbol step, KnownTypes types)
    {
        for (INamedTypeSymbol? type = step.ContainingType; type is not null; type = type.BaseType)
        {
            foreach (var other in DeclarationNames.Declared(type, types))
            {
                if (!SymbolEqualityComparer.Default.Equals(other, step) && types.IsStep(other) && !types.IsWorkflow(other) && !Overrides(step, other))
                    yield return other;
            }
        }
    }

    internal static bool Overrides(IMethodSymbol step, IMethodSymbol other)
    {
        for (var overridden = step.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(overridden.OriginalDefinition, other.OriginalDefinition))
                return true;
        }

        return false;
    }

    private static string? Name(IMethodSymbol step, KnownTypes types)
        => KnownTypes.Find(step, types.StepAttribute) is { } attribute ? DeclarationNames.Of(step, attribute, isWorkflow: false, types) : null;

    private static DeclarationProblem Problem(Location place, string name, IMethodSymbol other)
        => new(DeclarationProblemKind.DuplicateStepName, place, name, other.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat));
}
