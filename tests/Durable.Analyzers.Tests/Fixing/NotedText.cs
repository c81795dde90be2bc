using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Analyzers.Tests.Fixing;

/// <summary>Texts with a comment and an empty line before each type and method and a comment behind it, which an edit has to keep.</summary>
internal static partial class NotedText
{
    /// <summary>Writes the comments.</summary>
    /// <param name="texts">The files.</param>
    public static IReadOnlyList<string> In(IReadOnlyList<string> texts)
    {
        var number = 0;
        return [.. texts.Select(text =>
        {
            var notes = new List<(int Position, string Note)>();
            foreach (var member in CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>().Where(OnLinesOfItsOwn))
            {
                number++;
                notes.Add((member.Span.End, $" // [behind {number}]"));
                notes.Add((member.SpanStart, $"// [before {number}]\n\n"));
            }

            foreach (var (position, note) in notes.OrderByDescending(note => note.Position))
                text = text.Insert(position, note);
            return text;
        })];
    }

    /// <summary>Each comment is there, once, and so is every other comment, attribute and directive of the texts.</summary>
    /// <param name="before">The files with their comments.</param>
    /// <param name="after">The files after the edit.</param>
    public static void AreIn(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var expected = before.SelectMany(Comments).Order().ToList();
        Assert.NotEmpty(expected);
        Assert.Equal(expected, after.SelectMany(Comments).Order());
        Assert.All(before.SelectMany(Attributes).CountBy(name => name), attribute => Assert.True(after.SelectMany(Attributes).Count(name => name == attribute.Key) >= attribute.Value, $"An attribute {attribute.Key} is gone."));
        Assert.True(after.Sum(EmptyLines) >= before.Sum(EmptyLines), $"Empty lines are gone:\n{string.Join("\n", after)}");
    }

    private static bool OnLinesOfItsOwn(MemberDeclarationSyntax member)
    {
        var text = member.SyntaxTree.GetText();
        var first = text.Lines.GetLineFromPosition(member.SpanStart);
        var last = text.Lines.GetLineFromPosition(member.Span.End);
        return text.ToString()[first.Start..member.SpanStart].Trim().Length == 0 && text.ToString()[member.Span.End..last.End].Trim().Length == 0;
    }

    private static IEnumerable<string> Comments(string text) => CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTrivia()
        .Where(trivia => trivia.IsDirective || trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia)
        .Select(trivia => Blanks().Replace(trivia.ToFullString(), " ").Trim());

    private static IEnumerable<string> Attributes(string text) => CSharpSyntaxTree.ParseText(text).GetRoot().DescendantNodes().OfType<AttributeSyntax>().Select(attribute => attribute.Name.ToString());

    private static int EmptyLines(string text) => text.Split('\n').Count(line => line.Trim().Length == 0);

    [GeneratedRegex("\\s+")]
    private static partial Regex Blanks();
}
