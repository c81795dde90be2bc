using System.Buffers.Binary;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Durable.TestKit;

namespace Durable.Packages.Tests;

/// <summary>What somebody sees who finds a package: its page, made of what the package says of itself and of its own README, far away from this repository.</summary>
[Collection(PackageCollection.Name)]
public sealed partial class PageTests(PackageFeed feed)
{
    private const string Home = "https://github.com/durable-dotnet/durable";

    public static TheoryData<string> Packages => [.. PackageFeed.Packages];

    [Fact]
    public void Every_project_that_may_be_packed_is_looked_at()
    {
        var projects = new[] { "src", "tests" }.SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "templates"))
            .Where(path => IsPackable(path, isDefault: Path.GetRelativePath(Repository.Root, path).StartsWith("src", StringComparison.Ordinal)))
            .Select(path => Path.GetFileNameWithoutExtension(path)!);
        Assert.Equal(PackageFeed.Packages.Order(StringComparer.Ordinal), projects.Order(StringComparer.Ordinal));

        static bool IsPackable(string path, bool isDefault) => XDocument.Load(path).Descendants("IsPackable").SingleOrDefault() is { } said ? said.Value == "true" : isDefault;
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_says_what_it_is(string name)
    {
        using var package = feed.Open(name);
        Assert.Equal((name, feed.Version, "The Durable authors"), (package.Value("id"), package.Value("version"), package.Value("authors")));
        // The default that NuGet writes when nobody has thought about it.
        Assert.NotEqual("Package Description", package.Value("description"));
        var tags = package.Value("tags").Split(' ');
        Assert.Equal(tags.Distinct(), tags);
        Assert.Contains("durable-execution", tags);
        Assert.True(tags.Length > 3, "What is particular to the package is among its tags.");
        Assert.Equal((Home, Home + "/blob/main/CHANGELOG.md"), (package.Value("projectUrl"), package.Value("releaseNotes")));
        var repository = Assert.Single(package.Elements("repository"));
        Assert.Equal(("git", Home + ".git"), (repository.Attribute("type")!.Value, repository.Attribute("url")!.Value));
        // Sources that were taken out of version control do not know theirs.
        if (Path.Exists(Path.Combine(Repository.Root, ".git")))
            Assert.Matches("^[0-9a-f]{40}$", repository.Attribute("commit")!.Value);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Each_package_has_a_page_and_says_something_of_its_own(string name)
    {
        using var package = feed.Open(name);
        Assert.StartsWith($"# {name}\n", package.Text(package.Value("readme")).ReplaceLineEndings("\n"), StringComparison.Ordinal);
        var descriptions = PackageFeed.Packages.Select(other =>
        {
            using var opened = feed.Open(other);
            return opened.Value("description");
        });
        Assert.Single(descriptions, package.Value("description"));
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void The_icon_is_a_picture_of_128_pixels(string name)
    {
        using var package = feed.Open(name);
        var picture = package.Bytes(package.Value("icon"));
        Assert.Equal("\u0089PNG\r\n\u001a\n", System.Text.Encoding.Latin1.GetString(picture.AsSpan(0, 8)));
        Assert.Equal((128, 128), (BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(picture.AsSpan(20))));
        Assert.True(picture.Length < 10_000);
    }

    [Theory]
    [MemberData(nameof(Packages))]
    public void Every_link_of_a_page_leads_somewhere_from_there(string name)
    {
        using var package = feed.Open(name);
        // Links, pictures, and the same as HTML. What stands between backticks is code.
        var links = Link().Matches(Code().Replace(package.Text("README.md"), "")).Select(match => match.Groups["target"].Value).ToList();
        Assert.All(links, link => Assert.True(Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps, $"{link} leads nowhere on the page of a package"));
        const string files = Home + "/blob/main/";
        Assert.All(links.Where(link => link.StartsWith(Home, StringComparison.Ordinal)), link =>
        {
            Assert.StartsWith(files, link, StringComparison.Ordinal);
            Assert.True(Path.Exists(Path.Combine(Repository.Root, link[files.Length..].Split('#')[0])), $"{link} is not in the repository");
        });
    }

    [Theory]
    [InlineData("Durable.Runtime")]
    [InlineData("Durable.Sqlite")]
    public void The_code_of_a_page_is_code_of_the_repositorys_page_which_is_compiled(string name)
    {
        using var package = feed.Open(name);
        var blocks = Block().Matches(package.Text("README.md").ReplaceLineEndings("\n")).Select(match => match.Groups["code"].Value).ToList();
        Assert.NotEmpty(blocks);
        var compiled = Repository.Read("README.md");
        Assert.All(blocks, block => Assert.Contains(block, compiled, StringComparison.Ordinal));
    }

    [GeneratedRegex("""\]\(\s*<?(?<target>[^)\s>]*)|^\s*\[[^\]]+\]:\s*<?(?<target>[^\s>]+)|\b(?:href|src)\s*=\s*["']?(?<target>[^"'\s>]+)""", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex("```.*?```|`[^`\n]*`", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
