using System.Text.RegularExpressions;
using Durable.TestKit;

namespace Durable.Analyzers.Tests.Hygiene;

/// <summary>What the build says before the compiler is asked has pages as the rules have. That it is said is for the tests of the targets.</summary>
public sealed partial class BuildErrorPageTests
{
    public static TheoryData<string> Ids => BuildErrors.Ids;

    [Theory, MemberData(nameof(Ids))]
    public void An_id_is_DUR_and_four_digits_of_a_band_of_its_own(string id) => Assert.Matches("^DUR0[0-9]{3}$", id);

    [Fact]
    public void Every_id_is_used_once() => Assert.Equal(BuildErrors.All.Distinct(), BuildErrors.All);

    [Theory, MemberData(nameof(Ids))]
    public void The_help_link_leads_to_the_page_in_the_repository(string id) => Assert.Equal($"{Rule.HelpBase}{id}.md", BuildErrors.HelpLink(id));

    [Theory, MemberData(nameof(Ids))]
    public void A_page_has_a_title_the_parts_and_a_line_in_the_table_of_rules(string id)
    {
        var page = Repository.Read($"docs/rules/{id}.md");
        var title = Title().Match(page);
        Assert.Equal(id, title.Groups["id"].Value);
        foreach (var part in new[] { "Wrong", "Right", "Why", "When to switch it off" })
            Assert.Contains($"\n## {part}\n\n", page, StringComparison.Ordinal);
        Assert.Contains($"| [{id}]({id}.md) | {title.Groups["title"].Value} | the build | error |", Repository.Read("docs/rules/README.md"), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\A# (?<id>DUR\d{4}): (?<title>.+)\n\nError, the build\.\n")]
    private static partial Regex Title();
}
