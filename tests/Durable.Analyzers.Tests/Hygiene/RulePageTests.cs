using System.Text.RegularExpressions;
using Durable.TestKit;
using Microsoft.CodeAnalysis;

namespace Durable.Analyzers.Tests.Hygiene;

/// <summary>The pages of the rules are true: what they call wrong is reported, what they call right is not and compiles.</summary>
public sealed partial class RulePageTests
{
    public static TheoryData<string> Ids => Rules.Ids;

    [Theory, MemberData(nameof(Ids))]
    public void A_page_has_the_title_and_the_parts(string id)
    {
        var page = Page(id);
        Assert.StartsWith($"# {id}: {Rules.Rule(id).Title}\n", page, StringComparison.Ordinal);
        Assert.Contains($"\n\n{Rules.Rule(id).DefaultSeverity}, ", page, StringComparison.Ordinal);
        foreach (var part in new[] { "Wrong", "Right", "Why", "When to switch it off" })
            Assert.Contains($"\n## {part}\n\n", page, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Ids))]
    public void The_table_of_rules_has_the_rule(string id)
        => Assert.Contains($"| [{id}]({id}.md) | {Rules.Rule(id).Title} |", Repository.Read("docs/rules/README.md"), StringComparison.Ordinal);

    [Theory, MemberData(nameof(Ids))]
    public async Task What_a_page_calls_wrong_is_reported(string id)
    {
        var found = await RuleHost.Diagnose(RuleHost.Document(Example(id, "Wrong")), Rules.AnalyzerOf(id));

        Assert.NotEmpty(found);
        Assert.All(found, diagnostic => Assert.Equal(id, diagnostic.Id));
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task What_a_page_calls_right_is_silent_and_compiles(string id) => await RuleTest.Silent(Rules.AnalyzerOf(id), Example(id, "Right"));

    [Theory, MemberData(nameof(Ids))]
    public async Task What_a_page_calls_wrong_is_reported_beside_the_generated_halves(string id)
    {
        var built = UserBuild.Of(Example(id, "Wrong"));

        var heard = built.StopsAtDeclarations ? built.Reported : await RuleHost.Diagnose(built.Compilation, Rules.Analyzers);

        Assert.NotEmpty(heard);
        Assert.All(heard, diagnostic => Assert.Equal(id, diagnostic.Id));
    }

    [Theory, MemberData(nameof(Ids))]
    public async Task What_a_page_calls_right_compiles_with_the_generated_halves_and_is_silent(string id)
    {
        var built = UserBuild.Of(Example(id, "Right"));

        Assert.Empty(built.Reported);
        Assert.DoesNotContain(built.Compilation.GetDiagnostics(), diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        Assert.Empty(await RuleHost.Diagnose(built.Compilation, Rules.Analyzers));
    }

    [Fact]
    public void There_is_no_page_without_a_rule()
    {
        var pages = Directory.GetFiles(Path.Combine(Repository.Root, "docs/rules"), "DUR*.md").Select(Path.GetFileNameWithoutExtension).Order();
        Assert.Equal(BuildErrors.All.Concat(Rules.All.Select(rule => rule.Id)), pages);
    }

    /// <summary>The code of a part of a page.</summary>
    internal static string Example(string id, string part)
        => Examples().Matches(Page(id)).Single(match => match.Groups["part"].Value == part).Groups["code"].Value;

    private static string Page(string id) => Repository.Read($"docs/rules/{id}.md");

    [GeneratedRegex("## (?<part>\\w+)\n\n```csharp\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Examples();
}
