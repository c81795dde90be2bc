using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace Durable.TestKit;

/// <summary>Runs one analyzer over a text in which <c>[|</c> and <c>|]</c> mark what must be reported.</summary>
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
}
