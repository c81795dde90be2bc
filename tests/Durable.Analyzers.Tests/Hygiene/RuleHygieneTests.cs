using Durable.Analyzers.Declarations;
using Durable.Analyzers.Payloads;
using Durable.Declarations;
using Durable.Payloads;
using Durable.TestKit;
using Microsoft.CodeAnalysis;

namespace Durable.Analyzers.Tests.Hygiene;

public sealed class RuleHygieneTests
{
    // The compiler's own message says what to write, or there is nothing to write before the user has finished typing a name.
    private static readonly DeclarationProblemKind[] s_leftToTheCompiler = [DeclarationProblemKind.AccessibilityMissing, DeclarationProblemKind.UnresolvedType];

    public static TheoryData<string> Ids => Rules.Ids;

    [Fact]
    public void Every_id_belongs_to_one_rule() => Assert.Equal(Rules.All.Count, Rules.All.Select(rule => rule.Id).Distinct().Count());

    [Fact]
    public void Every_id_stands_in_one_table_of_one_assembly_and_is_reported_by_one_analyzer()
        => Assert.Equal(Rules.All.Select(rule => rule.Id), Rules.Tables.Select(rule => rule.Id).Order(StringComparer.Ordinal));

    [Fact]
    public void There_are_rules_and_fixes()
    {
        Assert.NotEmpty(Rules.All);
        Assert.NotEmpty(Rules.Fixes);
    }

    [Theory, MemberData(nameof(Ids))]
    public void An_id_is_DUR_and_four_digits(string id) => Assert.Matches("^DUR[1-5][0-9]{3}$", id);

    [Theory, MemberData(nameof(Ids))]
    public void A_rule_has_a_title_and_a_message(string id)
    {
        Assert.NotEmpty(Rules.Rule(id).Title.ToString(null));
        Assert.NotEmpty(Rules.Rule(id).MessageFormat.ToString(null));
    }

    [Theory, MemberData(nameof(Ids))]
    public void An_error_cannot_be_switched_off_and_a_warning_can(string id)
    {
        var rule = Rules.Rule(id);
        Assert.True(rule.IsEnabledByDefault);
        Assert.Equal(rule.DefaultSeverity == DiagnosticSeverity.Error, rule.CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable));
    }

    [Theory, MemberData(nameof(Ids))]
    public void The_help_link_leads_to_the_page_in_the_repository(string id)
        => Assert.Equal($"https://github.com/durable-dotnet/durable/blob/main/docs/rules/{id}.md", Rules.Rule(id).HelpLinkUri);

    [Theory, MemberData(nameof(Ids))]
    public void The_release_file_lists_the_rule_with_its_category_and_title(string id)
    {
        var line = $"{id} | {Rules.Rule(id).Category} | {Rules.Rule(id).DefaultSeverity} | {Rules.Rule(id).Title}";
        var released = Repository.Read("src/Durable.Analyzers/AnalyzerReleases.Shipped.md").Split('\n');
        var unreleased = Repository.Read("src/Durable.Analyzers/AnalyzerReleases.Unshipped.md").Split('\n');
        Assert.Single(released.Concat(unreleased), line);
    }

    [Fact]
    public void Every_fix_is_for_a_rule_and_fixes_all()
    {
        Assert.All(Rules.Fixes.SelectMany(fix => fix.FixableDiagnosticIds), id => Assert.Contains(Rules.All, rule => rule.Id == id));
        Assert.All(Rules.Fixes, fix => Assert.NotNull(fix.GetFixAllProvider()));
    }

    [Fact]
    public void Every_kind_of_problem_has_a_rule_or_is_left_to_the_compiler()
    {
        var without = Enum.GetValues<DeclarationProblemKind>().Where(kind => DeclarationRules.For(kind) is null);
        Assert.Equal(s_leftToTheCompiler.Order(), without.Order());
    }

    [Fact]
    public void Every_kind_of_payload_problem_has_a_rule_or_is_left_to_the_compiler()
        => Assert.Equal([PayloadProblemKind.Unresolved], Enum.GetValues<PayloadProblemKind>().Where(kind => PayloadRules.For(kind) is null));
}
