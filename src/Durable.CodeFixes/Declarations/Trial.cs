using Microsoft.CodeAnalysis;

namespace Durable.CodeFixes.Declarations;

/// <summary>Compiles what a change can break, before the change is offered.</summary>
internal static class Trial
{
    // The second half is written anew once the declaration is right.
    private static readonly string[] s_aboutHalves = ["CS8795", "CS0759"];

    /// <summary>True when the compiler has nothing to say of the changed files that it did not say before.</summary>
    /// <param name="compilation">The project as it is.</param>
    /// <param name="edited">The roots that change.</param>
    /// <param name="cancellationToken">Stops compiling.</param>
    public static bool Compiles(Compilation compilation, IReadOnlyList<(SyntaxTree Tree, SyntaxNode Root)> edited, CancellationToken cancellationToken)
        => Compiles(compilation, edited, _ => false, cancellationToken);

    /// <summary>True when the compiler has nothing to say of the changed files, and of those that mention the method, that it did not say before.</summary>
    /// <param name="compilation">The project as it is, with what was generated.</param>
    /// <param name="edited">The roots that change.</param>
    /// <param name="method">The method whose signature changes.</param>
    /// <param name="cancellationToken">Stops compiling.</param>
    public static bool Compiles(Compilation compilation, IReadOnlyList<(SyntaxTree Tree, SyntaxNode Root)> edited, IMethodSymbol method, CancellationToken cancellationToken)
    {
        var half = method.PartialImplementationPart?.DeclaringSyntaxReferences.FirstOrDefault();
        var before = half is null || edited.Any(edit => edit.Tree == half.SyntaxTree) ? compilation : Without(compilation, half, cancellationToken);
        return Compiles(before, edited, tree => tree.GetText(cancellationToken).ToString().Contains(method.Name), cancellationToken);
    }

    private static bool Compiles(Compilation before, IReadOnlyList<(SyntaxTree Tree, SyntaxNode Root)> edited, Func<SyntaxTree, bool> isConcerned, CancellationToken cancellationToken)
    {
        var after = before;
        var changed = new List<(SyntaxTree Before, SyntaxTree After)>();
        foreach (var (tree, root) in edited)
        {
            var now = tree.WithRootAndOptions(root, tree.Options);
            after = after.ReplaceSyntaxTree(tree, now);
            changed.Add((tree, now));
        }

        var concerned = before.SyntaxTrees.Where(tree => changed.All(change => change.Before != tree) && isConcerned(tree)).Select(tree => (Before: tree, After: tree));
        foreach (var (tree, now) in changed.Concat(concerned))
        {
            var known = Complaints(before, tree, cancellationToken).ToList();
            if (Complaints(after, now, cancellationToken).Any(complaint => !known.Remove(complaint)))
                return false;
        }

        return true;
    }

    /// <summary>The project without the generated half: calls would go on to bind to it.</summary>
    private static Compilation Without(Compilation compilation, SyntaxReference half, CancellationToken cancellationToken)
    {
        var root = half.SyntaxTree.GetRoot(cancellationToken).RemoveNode(half.GetSyntax(cancellationToken), SyntaxRemoveOptions.KeepDirectives);
        return root is null ? compilation : compilation.ReplaceSyntaxTree(half.SyntaxTree, half.SyntaxTree.WithRootAndOptions(root, half.SyntaxTree.Options));
    }

    private static IEnumerable<(string Id, string Message)> Complaints(Compilation compilation, SyntaxTree tree, CancellationToken cancellationToken)
        => compilation.GetSemanticModel(tree).GetDiagnostics(cancellationToken: cancellationToken)
            .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && !diagnostic.IsSuppressed && !s_aboutHalves.Contains(diagnostic.Id))
            .Select(diagnostic => (diagnostic.Id, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
}
