using System.Text.RegularExpressions;
using Durable.TestKit;

namespace Durable.Samples.Tests;

/// <summary>The guide shows code of the samples, not code that once was.</summary>
public sealed partial class GuideTests
{
    public static TheoryData<string> Pages => ["samples/Steps/README.md", .. Directory.GetFiles(Path.Combine(Repository.Root, "docs", "guide"), "*.md").Select(file => $"docs/guide/{Path.GetFileName(file)}")];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Code_that_names_a_sample_stands_in_it(string page)
    {
        var text = Repository.Read(page);
        foreach (Match snippet in Snippet().Matches(text))
        {
            var source = Repository.Read(snippet.Groups["file"].Value);
            Assert.Contains(snippet.Groups["code"].Value, source);
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Tests_that_are_named_exist(string page)
    {
        var named = TestName().Matches(Repository.Read(page)).Select(name => name.Groups["name"].Value).ToHashSet();
        var sources = named.Count == 0 ? "" : string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*Tests.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.All(named, name => Assert.Contains($" {name}(", sources));
    }

    [Fact]
    public void The_guide_takes_its_code_from_a_sample()
        => Assert.True(Snippet().Count(Repository.Read("docs/guide/getting-started.md")) >= 3);

    [Theory]
    [InlineData("README.md")]
    [InlineData("ARCHITECTURE.md")]
    [InlineData("CONTRIBUTING.md")]
    [InlineData("docs/decisions/README.md")]
    [InlineData("docs/guide/README.md")]
    [InlineData("docs/guide/failure.md")]
    [InlineData("docs/guide/payloads.md")]
    [InlineData("docs/guide/reliability.md")]
    [InlineData("docs/guide/replay.md")]
    [InlineData("docs/guide/versions.md")]
    [InlineData("docs/guide/waiting.md")]
    [InlineData("docs/decisions/0033-waits.md")]
    [InlineData("docs/decisions/0038-loops.md")]
    [InlineData("docs/decisions/0039-children.md")]
    [InlineData("docs/rules/README.md")]
    [InlineData("samples/OrderProcessing/README.md")]
    [InlineData("samples/MultiStepOperations/README.md")]
    [InlineData("samples/DataPipeline/README.md")]
    [InlineData("samples/EncryptedPayloads/README.md")]
    [InlineData("samples/Steps/README.md")]
    [InlineData("samples/Reminders/README.md")]
    [InlineData("samples/Approval/README.md")]
    public void Links_lead_to_files_that_exist(string page)
    {
        var text = Repository.Read(page);
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, page))!;
        var dead = Link().Matches(text).Select(link => link.Groups["target"].Value).Where(target => !Path.Exists(Path.Combine(folder, target)));
        Assert.Empty(dead);
    }

    [GeneratedRegex("<!-- from (?<file>[^ ]+) -->\n```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Snippet();

    [GeneratedRegex("`(?<name>[A-Z][A-Za-z]*(_[A-Za-z0-9]+){2,})`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"\]\((?<target>(?!https?:|#)[^)#]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
