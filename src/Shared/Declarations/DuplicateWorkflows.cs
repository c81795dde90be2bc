using Microsoft.CodeAnalysis;

namespace Durable.Declarations;

/// <summary>Finds workflows of one compilation that share name and version.</summary>
internal static class DuplicateWorkflows
{
    /// <summary>One problem for each workflow that is not the only one of its name and version.</summary>
    /// <param name="declarations">Every declaration of the compilation, in any order.</param>
    public static IEnumerable<DeclarationProblem> In(IEnumerable<Declaration> declarations)
    {
        foreach (var group in declarations.Where(declaration => declaration.Kind == DeclarationKind.Workflow).GroupBy(declaration => (declaration.Name, declaration.Version)))
        {
            var sorted = group.OrderBy(declaration => Text(declaration), StringComparer.Ordinal).ToList();
            for (var i = 0; sorted.Count > 1 && i < sorted.Count; i++)
            {
                var place = sorted[i].Method.Locations.FirstOrDefault() ?? Location.None;
                var other = Text(sorted[i == 0 ? 1 : 0]);
                yield return new DeclarationProblem(DeclarationProblemKind.DuplicateWorkflow, place, $"{group.Key.Name} version {group.Key.Version}", other);
            }
        }
    }

    private static string Text(Declaration declaration) => declaration.Method.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);
}
