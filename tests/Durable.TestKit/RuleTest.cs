using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace Durable.TestKit;

/// <summary>Runs one analyzer, or one analyzer and its fix, over a text in which <c>[|</c> and <c>|]</c> mark what must be reported.</summary>
public static class RuleTest
{
    /// <summary>The analyzer reports <paramref name="id"/> at each mark, with the message's parts given, and nothing else.</summary>
    /// <param name="analyzer">The analyzer.</param>
    /// <param name="id">The id of every diagnostic expected.</param>
    /// <param name="markedSource">The text with its marks.</param>
    /// <param name="messageParts">What each message must contain.</param>
    public static async Task Reports(DiagnosticAnalyzer analyzer, string id, string markedSource, params string[] messageParts)
    {
        var marked = MarkedText.Parse(markedSource);
        Assert.NotEmpty(marked.Spans);
        var found = await RuleHost.Diagnose(RuleHost.Document(marked.Text), analyzer);
        var expected = marked.Spans.Select(span => $"{id} '{marked.Text[span.Start..span.End]}' at {span}");
        var actual = found.Select(diagnostic => $"{diagnostic.Id} '{marked.Text[diagnostic.Location.SourceSpan.Start..diagnostic.Location.SourceSpan.End]}' at {diagnostic.Location.SourceSpan}");
        Assert.Equal(expected, actual);
        foreach (var part in messageParts)
            Assert.All(found, diagnostic => Assert.Contains(part, diagnostic.GetMessage(null), StringComparison.Ordinal));
    }

    /// <summary>The analyzer reports nothing, and the text compiles but for the halves that the generator writes.</summary>
    /// <param name="analyzer">The analyzer.</param>
    /// <param name="source">The text.</param>
    public static async Task Silent(DiagnosticAnalyzer analyzer, string source)
    {
        var document = RuleHost.Document(source);
        Assert.Empty(await RuleHost.CompilerErrors(document));
        Assert.Empty(await RuleHost.Diagnose(document, analyzer));
    }

    /// <summary>The fix, applied until no diagnostic of <paramref name="id"/> remains, and applied to all at once, turns one text into the other.</summary>
    /// <param name="analyzer">The analyzer.</param>
    /// <param name="fix">The fix.</param>
    /// <param name="id">The diagnostic that is fixed.</param>
    /// <param name="before">The text that has the diagnostic.</param>
    /// <param name="after">The text expected; it has the diagnostic no more and compiles but for the halves that the generator writes.</param>
    public static async Task Fixes(DiagnosticAnalyzer analyzer, CodeFixProvider fix, string id, string before, string after)
    {
        var document = RuleHost.Document(before);
        for (var left = await Fixable(document, analyzer, id); left.Length > 0;)
        {
            document = (await Apply(document, await Action(document, fix, left[0]))).GetDocument(document.Id)!;
            var remaining = await Fixable(document, analyzer, id);
            Assert.True(remaining.Length < left.Length, $"The fix leaves the diagnostic:\n{await document.GetTextAsync()}");
            left = remaining;
        }

        Assert.Equal(after, (await document.GetTextAsync()).ToString());
        Assert.Empty(await RuleHost.CompilerErrors(document));

        var all = RuleHost.Document(before);
        Assert.Equal(after, (await (await FixAll(all, analyzer, fix, id)).GetTextAsync()).ToString());
    }

    private static async Task<Document> FixAll(Document document, DiagnosticAnalyzer analyzer, CodeFixProvider fix, string id)
    {
        var diagnostics = await Fixable(document, analyzer, id);
        var key = (await Action(document, fix, diagnostics[0])).EquivalenceKey;
        var context = new FixAllContext(document, fix, FixAllScope.Document, key, [id], new Found(diagnostics), CancellationToken.None);
        var action = await fix.GetFixAllProvider()!.GetFixAsync(context);
        Assert.NotNull(action);
        return (await Apply(document, action)).GetDocument(document.Id)!;
    }

    private static async Task<ImmutableArray<Diagnostic>> Fixable(Document document, DiagnosticAnalyzer analyzer, string id)
        => [.. (await RuleHost.Diagnose(document, analyzer)).Where(diagnostic => diagnostic.Id == id)];

    private static async Task<CodeAction> Action(Document document, CodeFixProvider fix, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        var action = Assert.Single(actions);
        Assert.NotNull(action.EquivalenceKey);
        return action;
    }

    private static async Task<Solution> Apply(Document document, CodeAction action)
    {
        var operations = await action.GetOperationsAsync(document.Project.Solution, new Progress<CodeAnalysisProgress>(), CancellationToken.None);
        return Assert.Single(operations.OfType<ApplyChangesOperation>()).ChangedSolution;
    }

    private sealed class Found(ImmutableArray<Diagnostic> diagnostics) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
            => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken)
            => Task.FromResult<IEnumerable<Diagnostic>>(diagnostics);
    }
}
