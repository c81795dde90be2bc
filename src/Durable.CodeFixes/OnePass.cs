using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Durable.CodeFixes;

/// <summary>Fixes all of a document, project or solution with the edits of the single fix, in one pass.</summary>
/// <remarks>Merging the texts of single fixes, as the usual provider does, would drop those whose edits touch, as in nested types.</remarks>
/// <param name="title">What the fix does, for the menu.</param>
/// <param name="fix">Fixes what was found, in the solution that it was found in.</param>
internal sealed class OnePass(string title, Func<Solution, IReadOnlyList<(Document Document, Diagnostic Diagnostic)>, CancellationToken, Task<Solution>> fix) : FixAllProvider
{
    /// <inheritdoc/>
    public override async Task<CodeAction?> GetFixAsync(FixAllContext fixAllContext)
    {
        var found = new List<(Document, Diagnostic)>();
        foreach (var diagnostic in await Diagnostics(fixAllContext).ConfigureAwait(false))
        {
            if (fixAllContext.Solution.GetDocument(diagnostic.Location.SourceTree) is { } document)
                found.Add((document, diagnostic));
        }

        return found.Count == 0 ? null : CodeAction.Create(title, token => fix(fixAllContext.Solution, found, token), title);
    }

    private static async Task<IEnumerable<Diagnostic>> Diagnostics(FixAllContext context)
    {
        switch (context.Scope)
        {
            case FixAllScope.Document when context.Document is { } document:
                return await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false);
            case FixAllScope.Project:
                return await context.GetAllDiagnosticsAsync(context.Project).ConfigureAwait(false);
            case FixAllScope.Solution:
                var all = ImmutableArray.CreateBuilder<Diagnostic>();
                foreach (var project in context.Solution.Projects.Where(project => project.Language == LanguageNames.CSharp))
                    all.AddRange(await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false));
                return all;
            default:
                return [];
        }
    }
}
