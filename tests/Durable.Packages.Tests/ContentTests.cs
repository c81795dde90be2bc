using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace Durable.Packages.Tests;

[Collection(PackageCollection.Name)]
public sealed class ContentTests(PackageFeed feed)
{
    public static TheoryData<string> Packages => ["Durable.Runtime", "Durable.Sqlite", "Durable.Testing", "Durable.Templates"];

    [Fact]
    public void The_runtime_brings_the_compilers_half_along() => Assert.Equal(
        [
            "README.md",
            "analyzers/dotnet/cs/Durable.Analyzers.dll", "analyzers/dotnet/cs/Durable.CodeFixes.dll", "analyzers/dotnet/cs/Durable.Generators.dll",
            "build/Durable.Runtime.props", "build/Durable.Runtime.targets", "buildTransitive/Durable.Runtime.props", "buildTransitive/Durable.Runtime.targets",
            "lib/net10.0/Durable.Runtime.dll", "lib/net10.0/Durable.Runtime.xml",
        ],
        FilesOf("Durable.Runtime"));

    [Theory]
    [InlineData("Durable.Sqlite")]
    [InlineData("Durable.Testing")]
    public void The_others_hold_one_assembly_and_its_documentation(string package)
        => Assert.Equal(["README.md", $"lib/net10.0/{package}.dll", $"lib/net10.0/{package}.xml"], FilesOf(package));

    [Fact]
    public void The_templates_hold_no_assembly_and_say_that_they_are_templates()
    {
        Assert.DoesNotContain(FilesOf("Durable.Templates"), file => file.EndsWith(".dll", StringComparison.Ordinal));
        Assert.Equal("Template", Elements("Durable.Templates", "packageType").Single().Attribute("name")!.Value);
    }

    [Theory]
    [InlineData("Durable.Runtime", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options")]
    [InlineData("Durable.Sqlite", "Durable.Runtime", "Microsoft.Data.Sqlite.Core")]
    [InlineData("Durable.Testing", "Durable.Runtime")]
    [InlineData("Durable.Templates")]
    public void A_package_depends_on_what_it_needs_and_no_more(string package, params string[] dependencies) => Assert.Equal(
        dependencies.Select(id => (id, id.StartsWith("Durable.", StringComparison.Ordinal) ? feed.Version : CentralVersions.Of(id))),
        Elements(package, "dependency").Select(dependency => (dependency.Attribute("id")!.Value, dependency.Attribute("version")!.Value)).Order());

    [Theory]
    [MemberData(nameof(Packages))]
    public void A_package_says_what_it_is_and_holds_each_file_that_it_names(string package)
    {
        Assert.Equal(feed.Version, Elements(package, "version").Single().Value);
        Assert.NotEmpty(Elements(package, "authors").Single().Value);
        // The default that NuGet writes when nobody has thought about it.
        Assert.NotEqual("Package Description", Elements(package, "description").Single().Value);
        Assert.Single(Elements(package, "readme"));
        var files = FilesOf(package);
        Assert.All(
            Elements(package, "readme").Concat(Elements(package, "icon")).Concat(Elements(package, "license").Where(license => license.Attribute("type")?.Value == "file")),
            named => Assert.Contains(named.Value, files));
    }

    [Theory]
    [InlineData("Durable.Runtime")]
    [InlineData("Durable.Sqlite")]
    [InlineData("Durable.Testing")]
    public void Each_assembly_is_the_same_whenever_it_is_built(string package)
    {
        using var archive = feed.Open(package);
        Assert.All(archive.Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal)), entry =>
        {
            using var bytes = new MemoryStream();
            using (var stream = entry.Open())
                stream.CopyTo(bytes);
            bytes.Position = 0;
            using var assembly = new PEReader(bytes);
            // The compiler's own mark: content decides identity and time stamp.
            Assert.Contains(assembly.ReadDebugDirectory(), line => line.Type == DebugDirectoryEntryType.Reproducible);
        });
    }

    /// <summary>All but what the package format itself adds.</summary>
    private List<string> FilesOf(string package)
    {
        using var archive = feed.Open(package);
        return [.. archive.Entries.Select(entry => entry.FullName)
            .Where(file => file is not ("[Content_Types].xml" or "_rels/.rels") && !file.StartsWith("package/", StringComparison.Ordinal) && !file.EndsWith(".nuspec", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)];
    }

    private List<XElement> Elements(string package, string name)
    {
        using var archive = feed.Open(package);
        using var specification = archive.GetEntry(package + ".nuspec")!.Open();
        return [.. XDocument.Load(specification).Descendants().Where(element => element.Name.LocalName == name)];
    }
}
