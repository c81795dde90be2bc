using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Text;

namespace Durable.CodeFixes;

/// <summary>A fix that edits nodes, one or all of them with the same edit. A node may be in another file than its diagnostic, as the parts of a partial type are.</summary>
public abstract class DeclarationFix : RuleFix
{
    private protected sealed override async Task<string?> OfferAsync(Document document, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        var targets = await FindAsync(document, model, diagnostic.Location.SourceSpan, cancellationToken).ConfigureAwait(false);
        return targets.Count >= FewestTargets ? Title(targets[0]) : null;
    }

    /// <summary>How many nodes make the fix worth offering for one diagnostic.</summary>
    private protected virtual int FewestTargets => 1;

    /// <summary>What the fix does, for the menu.</summary>
    /// <param name="target">The first node that <see cref="Targets"/> found.</param>
    private protected abstract string Title(SyntaxNode target);

    /// <summary>The node to edit; null when the fix has no answer for this one.</summary>
    /// <param name="model">The model of the document that has the diagnostic.</param>
    /// <param name="span">Where the diagnostic is.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    private protected abstract SyntaxNode? Target(SemanticModel model, TextSpan span, CancellationToken cancellationToken);

    /// <summary>The nodes to edit, where one diagnostic stands for several; none when the fix has no answer.</summary>
    /// <inheritdoc cref="Target"/>
    private protected virtual IReadOnlyList<SyntaxNode> Targets(SemanticModel model, TextSpan span, CancellationToken cancellationToken)
        => Target(model, span, cancellationToken) is { } target ? [target] : [];

    /// <summary>The nodes to edit, where other documents or projects have a say in it.</summary>
    /// <param name="document">The document that has the diagnostic.</param>
    /// <param name="model">Its model.</param>
    /// <param name="span">Where the diagnostic is.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    private protected virtual Task<IReadOnlyList<SyntaxNode>> FindAsync(Document document, SemanticModel model, TextSpan span, CancellationToken cancellationToken)
        => Task.FromResult(Targets(model, span, cancellationToken));

    /// <summary>Edits one node.</summary>
    /// <param name="editor">The editor of the node's document; nodes are named as they were before any edit.</param>
    /// <param name="model">The model of the node's document before any edit.</param>
    /// <param name="target">The node that <see cref="Target"/> found.</param>
    private protected abstract void Edit(SyntaxEditor editor, SemanticModel model, SyntaxNode target);

    /// <summary>The nearest node of a kind around the start of a span.</summary>
    /// <typeparam name="TNode">The kind.</typeparam>
    /// <param name="model">The document's model.</param>
    /// <param name="span">Where to look.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    private protected static TNode? Around<TNode>(SemanticModel model, TextSpan span, CancellationToken cancellationToken) where TNode : SyntaxNode
        => model.SyntaxTree.GetRoot(cancellationToken).FindToken(span.Start).Parent?.FirstAncestorOrSelf<TNode>();

    /// <summary>The trees of nodes, each with its root after the edits.</summary>
    /// <param name="solution">The solution of the nodes.</param>
    /// <param name="targets">The nodes.</param>
    /// <param name="cancellationToken">Stops editing.</param>
    private protected async Task<IReadOnlyList<(SyntaxTree Tree, SyntaxNode Root)>> Edited(Solution solution, IEnumerable<SyntaxNode> targets, CancellationToken cancellationToken)
    {
        var edited = new List<(SyntaxTree, SyntaxNode)>();
        foreach (var inTree in targets.GroupBy(target => target.SyntaxTree))
        {
            // A tree without a document was generated: nobody can edit it.
            if (solution.GetDocument(inTree.Key) is not { } document || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model)
                continue;
            var editor = new SyntaxEditor(await inTree.Key.GetRootAsync(cancellationToken).ConfigureAwait(false), solution.Services);
            foreach (var target in inTree.OrderBy(target => target.SpanStart))
                Edit(editor, model, target);
            edited.Add((inTree.Key, editor.GetChangedRoot()));
        }

        return edited;
    }

    private protected sealed override async Task<Solution> FixAsync(Solution solution, IReadOnlyList<(Document Document, Diagnostic Diagnostic)> found, CancellationToken cancellationToken)
    {
        var targets = new HashSet<SyntaxNode>();
        foreach (var (document, diagnostic) in found)
        {
            if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is { } model)
                targets.UnionWith(await FindAsync(document, model, diagnostic.Location.SourceSpan, cancellationToken).ConfigureAwait(false));
        }

        var changed = solution;
        foreach (var (tree, root) in await Edited(solution, targets, cancellationToken).ConfigureAwait(false))
            changed = changed.WithDocumentSyntaxRoot(solution.GetDocument(tree)!.Id, root);
        return changed;
    }
}
