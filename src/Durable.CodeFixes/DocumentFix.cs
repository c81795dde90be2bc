using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Text;

namespace Durable.CodeFixes;

/// <summary>A fix that edits nodes of one document, one or all of them with the same edit.</summary>
/// <remarks>All at once is one pass over the document: merging the texts of single fixes would drop those whose edits touch, as in nested types.</remarks>
public abstract class DocumentFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider()
        => FixAllProvider.Create(async (context, document, diagnostics) => await Fix(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.Document;
        if (await document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model)
            return;
        foreach (var diagnostic in context.Diagnostics)
        {
            if (Target(model, diagnostic.Location.SourceSpan, context.CancellationToken) is { } target)
                context.RegisterCodeFix(CodeAction.Create(Title(target), token => Fix(document, [diagnostic], token), GetType().Name), diagnostic);
        }
    }

    /// <summary>What the fix does, for the menu.</summary>
    /// <param name="target">The node that <see cref="Target"/> found.</param>
    private protected abstract string Title(SyntaxNode target);

    /// <summary>The node to edit; null when the fix has no answer for this one.</summary>
    /// <param name="model">The document's model.</param>
    /// <param name="span">Where the diagnostic is.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    private protected abstract SyntaxNode? Target(SemanticModel model, TextSpan span, CancellationToken cancellationToken);

    /// <summary>Edits one node.</summary>
    /// <param name="editor">The document's editor; nodes are named as they were before any edit.</param>
    /// <param name="model">The document's model before any edit.</param>
    /// <param name="target">The node that <see cref="Target"/> found.</param>
    private protected abstract void Edit(SyntaxEditor editor, SemanticModel model, SyntaxNode target);

    /// <summary>The nearest node of a kind around the start of a span.</summary>
    /// <typeparam name="TNode">The kind.</typeparam>
    /// <param name="model">The document's model.</param>
    /// <param name="span">Where to look.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    private protected static TNode? Around<TNode>(SemanticModel model, TextSpan span, CancellationToken cancellationToken) where TNode : SyntaxNode
        => model.SyntaxTree.GetRoot(cancellationToken).FindToken(span.Start).Parent?.FirstAncestorOrSelf<TNode>();

    private async Task<Document> Fix(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model)
            return document;
        var editor = new SyntaxEditor(await model.SyntaxTree.GetRootAsync(cancellationToken).ConfigureAwait(false), document.Project.Solution.Services);
        foreach (var target in diagnostics.Select(diagnostic => Target(model, diagnostic.Location.SourceSpan, cancellationToken)).OfType<SyntaxNode>().Distinct())
            Edit(editor, model, target);
        return document.WithSyntaxRoot(editor.GetChangedRoot());
    }
}
