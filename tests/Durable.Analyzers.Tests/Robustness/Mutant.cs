using System.Collections.Concurrent;
using Durable.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Durable.Analyzers.Tests.Robustness;

/// <summary>A text with one token deleted, doubled, swapped with another, replaced by another of the same text, or preceded by a keyword. A seed decides everything.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Change">What was done.</param>
/// <param name="Text">The result.</param>
internal sealed record Mutant(int Seed, string Change, string Text)
{
    private static readonly string[] s_keywords =
    [
        .. SyntaxFacts.GetReservedKeywordKinds().Select(SyntaxFacts.GetText),
        "partial", "async", "await", "record", "required", "file", "scoped", "allows", "where", "init", "field", "extension", "global", "dynamic", "notnull", "unmanaged", "nint", "var", "when", "with", "yield", "managed",
    ];

    // The modifiers are what changes a declaration and still parses, so they get more than their share.
    private static readonly string[] s_modifiers =
    [
        "abstract", "async", "extern", "file", "internal", "new", "override", "partial", "private", "protected", "public", "readonly", "record", "required", "sealed", "static", "unsafe", "virtual", "ref", "in", "out", "params", "this", "scoped",
    ];

    private static readonly ConcurrentDictionary<Source, IReadOnlyList<SyntaxToken>> s_tokens = new();

    /// <summary>The mutant of a seed.</summary>
    public static Mutant Of(int seed)
    {
        var random = new Random(seed);
        var sources = random.Next(2) == 0 ? Corpus.Dense : Corpus.Clean;
        var source = sources[random.Next(sources.Count)];
        var tokens = s_tokens.GetOrAdd(source, one => [.. CSharpSyntaxTree.ParseText(one.Text, RuleHost.ParseOptions).GetRoot().DescendantTokens().Where(token => token.Span.Length > 0)]);
        var index = random.Next(tokens.Count);
        var token = tokens[index];
        switch (random.Next(5))
        {
            case 0:
                return Made("deleted", (token, ""));
            case 1:
                return Made("doubled", (token, token.Text + " " + token.Text));
            case 2:
                var other = random.Next(2) == 0 ? tokens[(index + 1) % tokens.Count] : tokens.Where(like => like.RawKind == token.RawKind).ElementAt(random.Next(tokens.Count(like => like.RawKind == token.RawKind)));
                return Made($"swapped with '{other.Text}' at {other.SpanStart}", (token, other.Text), (other, token.Text));
            case 3:
                var alike = tokens.Where(like => like.RawKind == token.RawKind).ToList();
                var chosen = alike[random.Next(alike.Count)];
                return Made($"replaced by '{chosen.Text}'", (token, chosen.Text));
            default:
                var keywords = random.Next(2) == 0 ? s_modifiers : s_keywords;
                var keyword = keywords[random.Next(keywords.Length)];
                return Made($"preceded by '{keyword}'", (token, keyword + " " + token.Text));
        }

        Mutant Made(string change, params (SyntaxToken Token, string Text)[] edits)
        {
            var text = source.Text;
            foreach (var edit in edits.DistinctBy(edit => edit.Token.SpanStart).OrderByDescending(edit => edit.Token.SpanStart))
                text = text.Remove(edit.Token.SpanStart, edit.Token.Span.Length).Insert(edit.Token.SpanStart, edit.Text);
            return new Mutant(seed, $"{source.Name}: '{token.Text}' at {token.SpanStart} {change}", text);
        }
    }

    /// <summary>What to read, and to do, when this mutant is not well treated.</summary>
    /// <param name="complaint">What happened.</param>
    public string Report(string complaint)
        => $"Seed {Seed}, {Change}: {complaint}\nRepeat it: DURABLE_MUTANT={Seed} dotnet test tests/Durable.Analyzers.Tests --filter Robustness.Mutant\n\n{Text}\n";
}
