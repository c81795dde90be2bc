using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Durable.Analyzers.Tests.Robustness;

/// <summary>A stretch of a text as it is typed.</summary>
/// <param name="source">The text.</param>
/// <param name="lengths">The prefixes, in the order of typing.</param>
/// <remarks>
/// Generators run on every prefix. A prefix differs little from the one before, so that of most only what has changed is analyzed: the types, members and bodies that reach into what was typed since, or into the member that stood last.
/// Where the new prefix has the tokens of the one before, as after a blank or in a comment, the output has to stay what it was, and nothing is analyzed again.
/// Every tenth, whatever it ends with, is compiled and analyzed whole, to the end of the compilation, and generated anew.
/// </remarks>
internal sealed class Typing(Source source, IReadOnlyList<int> lengths)
{
    /// <summary>The least number of all prefixes.</summary>
    public const int Required = 50_000;

    /// <summary>How many are tried unless all are.</summary>
    public const int Tenth = Required / 10;

    private const int WholeEvery = 10;

    // So that two cores end at about the same time.
    private const int Longest = 500;

    /// <summary>The text.</summary>
    public Source Source => source;

    /// <summary>How many prefixes there are.</summary>
    public int Count => lengths.Count;

    /// <summary>How many prefixes were analyzed whole.</summary>
    public int Whole { get; private set; }

    /// <summary>How many prefixes had the tokens of the one before.</summary>
    public int Idle { get; private set; }

    /// <summary>All prefixes, one part of them, or a seeded tenth of as many as there have to be: each text gets a share by its length.</summary>
    public static IEnumerable<Typing> Chosen()
    {
        if (Effort.Part is { } part)
            return Corpus.All.SelectMany(All).Where((_, index) => index % part.Of == part.Number - 1);
        var random = new Random(1);
        var share = (double)Tenth / Corpus.Small.Sum(source => source.Text.Length);
        return Corpus.Small.Select(source => new Typing(source, [.. Enumerable.Range(0, (int)Math.Ceiling(source.Text.Length * share)).Select(_ => random.Next(1, source.Text.Length + 1)).Order()]));
    }

    /// <summary>Types, and says what goes wrong.</summary>
    public async IAsyncEnumerable<string> Complaints()
    {
        var bench = new Workbench();
        Build? last = null;
        foreach (var length in lengths)
        {
            var build = bench.Build(source.Text[..length]);
            var complaint = length % WholeEvery == 0 ? await WholeComplaint(build) : last is not null && HasSameTokens(last, build) ? IdleComplaint(last, build) : await Examination.Runs(build, Changed(last, build));
            if (complaint is not null)
                yield return $"The first {length} characters of {source.Name}: {complaint}";
            last = build;
        }
    }

    private static IEnumerable<Typing> All(Source source)
        => Enumerable.Range(1, source.Text.Length).Chunk(Longest).Select(lengths => new Typing(source, lengths));

    private async Task<string?> WholeComplaint(Build build)
    {
        Whole++;
        return await Examination.RunsWhole(build) ?? Examination.Repeats(build);
    }

    private string? IdleComplaint(Build last, Build build)
    {
        Idle++;
        return Build.Generated(last.Result) == Build.Generated(build.Result) ? null : "the output changed although no token did.";
    }

    // A directive is no token, but means something.
    private static bool HasSameTokens(Build last, Build build)
        => last.Tree.GetRoot() is var before && build.Tree.GetRoot() is { ContainsDirectives: false } now && !before.ContainsDirectives
            && before.GetLastToken(includeSkipped: true) is var left && now.GetLastToken(includeSkipped: true) is var right && left.Span == right.Span && left.RawKind == right.RawKind;

    private static TextSpan? Changed(Build? last, Build build)
    {
        if (last is null)
            return null;
        var end = build.Tree.Length;
        var standing = last.Tree.GetRoot().GetLastToken().Parent?.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        return TextSpan.FromBounds(Math.Min(standing?.SpanStart ?? last.Tree.Length, end), end);
    }
}
