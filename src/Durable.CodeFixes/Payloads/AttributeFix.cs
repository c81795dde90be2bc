using System.Collections.Immutable;
using Durable.Analyzers.Payloads;
using Durable.Payloads.Reading;
using Microsoft.CodeAnalysis;

namespace Durable.CodeFixes.Payloads;

/// <summary>A fix that lets a payload be stored by attributes on types or the assembly. It is offered only where the payload is read again with them, and the diagnostic is gone.</summary>
public abstract class AttributeFix : RuleFix
{
    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = [PayloadRules.CannotBeStored.Id];

    /// <summary>What the fix does, for the menu.</summary>
    /// <param name="additions">What it writes.</param>
    private protected abstract string Title(IReadOnlyList<Addition> additions);

    /// <summary>What may help, the best first. Each is tried.</summary>
    /// <param name="found">The problem.</param>
    /// <param name="space">The namespace of its place; empty for the global one.</param>
    /// <param name="compilation">The project.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    private protected abstract IEnumerable<IReadOnlyList<Addition>> Candidates(FoundProblem found, string space, Compilation compilation, CancellationToken cancellationToken);

    private protected sealed override async Task<string?> OfferAsync(Document document, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
        => await FindAsync(document, model, diagnostic, cancellationToken).ConfigureAwait(false) is { Count: > 0 } additions ? Title(additions) : null;

    private protected sealed override async Task<Solution> FixAsync(Solution solution, IReadOnlyList<(Document Document, Diagnostic Diagnostic)> found, CancellationToken cancellationToken)
    {
        // In the order in which they are read, so that all at once gives what one after the other does.
        var additions = new List<Addition>();
        foreach (var (document, diagnostic) in found.OrderBy(one => one.Document.FilePath, StringComparer.Ordinal).ThenBy(one => one.Diagnostic.Location.SourceSpan.Start))
        {
            if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is { } model)
                additions.AddRange(await FindAsync(document, model, diagnostic, cancellationToken).ConfigureAwait(false));
        }

        var changed = solution;
        foreach (var (tree, root) in await Addition.Apply(solution, additions.Distinct(), cancellationToken).ConfigureAwait(false))
            changed = changed.WithDocumentSyntaxRoot(solution.GetDocument(tree)!.Id, root);
        return changed;
    }

    private async Task<IReadOnlyList<Addition>> FindAsync(Document document, SemanticModel model, Diagnostic diagnostic, CancellationToken cancellationToken)
    {
        if (PayloadTrial.Told(model.Compilation, diagnostic, cancellationToken) is not { } told)
            return [];
        foreach (var additions in Candidates(told.Found, told.Place.Namespace, model.Compilation, cancellationToken).Where(additions => additions.Count > 0))
        {
            if (additions.Any(addition => document.Project.Solution.GetDocument(addition.Target.SyntaxTree) is null))
                continue;
            var edited = await Addition.Apply(document.Project.Solution, additions, cancellationToken).ConfigureAwait(false);
            if (PayloadTrial.Helps(model.Compilation, edited, told.Place, cancellationToken))
                return additions;
        }

        return [];
    }
}
