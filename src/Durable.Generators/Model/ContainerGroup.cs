using Durable.Collections;

namespace Durable.Generators.Model;

/// <summary>The declarations of one type: what one generated file holds.</summary>
/// <param name="Container">The type.</param>
/// <param name="HintName">The name of the generated file.</param>
/// <param name="Declarations">Its declarations in an order that does not depend on that of files.</param>
internal sealed record ContainerGroup(ContainerModel Container, string HintName, EquatableArray<DeclarationModel> Declarations)
{
    /// <summary>Groups declarations by type. One that is found twice, by either attribute or on either half, counts once.</summary>
    public static IEnumerable<ContainerGroup> Of(IEnumerable<DeclarationModel> declarations)
    {
        // File names ignore case and do not tell a namespace from an outer type.
        var taken = new HashSet<string>(GeneratedFiles.OncePerAssembly, StringComparer.OrdinalIgnoreCase);
        foreach (var group in declarations.GroupBy(declaration => declaration.Container).OrderBy(group => group.Key.FullName, StringComparer.Ordinal))
        {
            var name = string.Join(".", group.Key.Types.Select(type => type.HintName));
            if (group.Key.Namespace.Length > 0)
                name = group.Key.Namespace.Replace("@", "") + "." + name;
            name = string.Concat(name.Select(character => char.IsLetterOrDigit(character) || character is '.' ? character : '_'));
            var hint = name + ".g.cs";
            for (var rank = 2; !taken.Add(hint); rank++)
                hint = $"{name}.{rank}.g.cs";
            yield return new ContainerGroup(group.Key, hint, group.Distinct().OrderBy(Order, StringComparer.Ordinal).ToEquatableArray());
        }
    }

    private static string Order(DeclarationModel declaration)
        => (declaration.Body is WorkflowModel ? "0 " : "1 ") + declaration.Method.Name + " " + string.Join(",", declaration.Method.Parameters.Select(parameter => parameter.Type));
}
