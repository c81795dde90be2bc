using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Durable.CodeFixes;

/// <summary>A fix that changes a solution alike for one diagnostic and for all of them.</summary>
public abstract class RuleFix : CodeFixProvider
{
    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => new OnePass(Summary, FixAsync);

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var document = context.Document;
        if (await document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model)
            return;
        foreach (var diagnostic in context.Diagnostics)
        {
            if (await OfferAsync(document, model, diagnostic, context.CancellationToken).ConfigureAwait(false) is { } title)
                context.RegisterCodeFix(CodeAction.Create(title, token => FixAsync(document.Project.Solution, [(document, diagnostic)], token), GetType().Name), diagnostic);
        }
    }

    /// <summary>What the fix does to all of them: for the menu, and for the pages of its rules.</summary>
    internal abstract string Summary { get; }

    /// <summary>What the fix does about one diagnostic, for the menu; null when it has no answer.</summary>
    /// <param name="document">The document that has the diagnostic.</param>
    /// <param name="model">Its model.</param>
    /// <param name="diagnostic">The diagnostic.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    private protected abstract Task<string?> OfferAsync(Document document, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken);

    /// <summary>Fixes what was found, in the solution that it was found in.</summary>
    private protected abstract Task<Solution> FixAsync(Solution solution, IReadOnlyList<(Document Document, Diagnostic Diagnostic)> found, CancellationToken cancellationToken);
}
