using Microsoft.CodeAnalysis.Text;

namespace Durable.TestKit;

/// <summary>A text without its marks, and the spans that <c>[|</c> and <c>|]</c> marked, in order of their starts.</summary>
/// <param name="Text">The text without marks.</param>
/// <param name="Spans">The spans in it.</param>
public sealed record MarkedText(string Text, IReadOnlyList<TextSpan> Spans)
{
    /// <summary>Takes the marks out.</summary>
    /// <param name="source">The text with marks; they do not nest.</param>
    public static MarkedText Parse(string source)
    {
        var pieces = source.Split("[|");
        var text = pieces[0];
        var spans = new List<TextSpan>();
        foreach (var piece in pieces.Skip(1))
        {
            var end = piece.IndexOf("|]", StringComparison.Ordinal);
            if (end < 0)
                throw new ArgumentException($"A mark is opened and not closed before '{piece}'.", nameof(source));
            spans.Add(new TextSpan(text.Length, end));
            text += piece.Remove(end, 2);
        }

        return new MarkedText(text, spans);
    }
}
