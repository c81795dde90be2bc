using System.Reflection;
using Durable.Analyzers.Tests.Fixing;
using Durable.CodeFixes;
using Durable.TestKit;

namespace Durable.Analyzers.Tests.Hygiene;

/// <summary>Every fix and refactoring is tested by the one check that holds for all of them, and users can read of it.</summary>
public sealed class FixHygieneTests
{
    private const string Tests = "tests/Durable.Analyzers.Tests";

    public static TheoryData<string> Mends => [.. Rules.Fixes.Select(fix => fix.GetType().Name), .. Rules.Refactorings.Select(refactoring => refactoring.GetType().Name)];

    public static TheoryData<string> Fixes => [.. Rules.Fixes.Select(fix => fix.GetType().Name)];

    public static TheoryData<string> Ids => Rules.Ids;

    public static TheoryData<string> Fixable => [.. Rules.Fixes.SelectMany(fix => fix.FixableDiagnosticIds).Distinct()];

    [Theory, MemberData(nameof(Mends))]
    public void A_fix_or_refactoring_has_tests_of_its_own_that_go_through_the_common_check(string name)
    {
        var type = Assert.Single(typeof(FixHygieneTests).Assembly.GetTypes(), type => type.Name == name + "Tests");
        Assert.Contains(type.GetMethods(), method => method.GetCustomAttribute<FactAttribute>() is not null);
        var source = Assert.Single(Sources(), source => source.Contains($" class {name}Tests", StringComparison.Ordinal));
        Assert.Matches($@"FixTest\.(Fixes|Refactors)\(\s*new {name}\(\)", source);
    }

    // Of broken code, which is what Robustness is about, only the last promise can be asked: nothing throws.
    [Fact]
    public void No_test_applies_a_fix_past_the_common_check()
        => Assert.DoesNotContain(Sources(except: ["Fixing", "Hygiene", "Robustness"]), source => source.Contains("RegisterCodeFixesAsync", StringComparison.Ordinal) || source.Contains("ComputeRefactoringsAsync", StringComparison.Ordinal));

    [Theory, MemberData(nameof(Fixes))]
    public void A_fix_is_on_the_pages_of_its_rules(string name)
    {
        var fix = Assert.IsAssignableFrom<RuleFix>(Rules.Fixes.Single(fix => fix.GetType().Name == name));
        Assert.All(fix.FixableDiagnosticIds, id => Assert.Contains($"\n- {fix.Summary}.\n", Repository.Read($"docs/rules/{id}.md"), StringComparison.Ordinal));
    }

    [Fact]
    public void The_refactorings_are_on_the_page_of_all_rules()
        => Assert.All(Rules.Refactorings, refactoring => Assert.Contains($"\n- `{refactoring.GetType().Name}`, ", Repository.Read("docs/rules/README.md"), StringComparison.Ordinal));

    [Theory, MemberData(nameof(Ids))]
    public void A_page_lists_as_many_fixes_as_there_are(string id)
    {
        var page = Repository.Read($"docs/rules/{id}.md");
        var listed = page.Contains("\n## Fixes\n", StringComparison.Ordinal) ? page[page.IndexOf("\n## Fixes\n", StringComparison.Ordinal)..].Split("\n## ")[1].Split('\n').Count(line => line.StartsWith("- ", StringComparison.Ordinal)) : 0;
        Assert.Equal(Rules.Fixes.Count(fix => fix.FixableDiagnosticIds.Contains(id)), listed);
    }

    [Theory, MemberData(nameof(Fixable))]
    public async Task What_a_page_calls_wrong_is_mended_by_every_fix_that_is_offered_for_it(string id)
    {
        IReadOnlyList<string> wrong = [RulePageTests.Example(id, "Wrong")];
        var mended = 0;
        foreach (var fix in Rules.Fixes.Where(fix => fix.FixableDiagnosticIds.Contains(id)))
        {
            var run = new FixRun(fix, id);
            if (!await run.IsOffered(wrong))
                continue;
            await FixTest.Fixes(fix, id, wrong, await run.OneByOne(wrong));
            mended++;
        }

        Assert.True(mended > 0, "No fix is offered for the page's example.");
    }

    [Theory, MemberData(nameof(Ids))]
    public void A_rule_has_tests_beyond_its_page(string id)
        => Assert.Contains(Sources(except: ["Fixing", "Hygiene"]), source => source.Contains($"\"{id}\"", StringComparison.Ordinal) && source.Contains("Reports(", StringComparison.Ordinal) && source.Contains("Silent(", StringComparison.Ordinal));

    private static IEnumerable<string> Sources(params string[] except)
        => Directory.GetFiles(Path.Combine(Repository.Root, Tests), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Where(path => !except.Concat(["bin", "obj"]).Any(folder => path.StartsWith($"{Tests}/{folder}/", StringComparison.Ordinal)))
            .Select(Repository.Read);
}
