using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Durable.Packages.Tests;

[Collection(PackageCollection.Name)]
public sealed class ContentTests(PackageFeed feed)
{
    [Fact]
    public void The_runtime_brings_the_compilers_half_along() => Assert.Equal(
        [
            "README.md",
            "analyzers/dotnet/cs/Durable.Analyzers.dll", "analyzers/dotnet/cs/Durable.CodeFixes.dll", "analyzers/dotnet/cs/Durable.Generators.dll",
            "build/Durable.Runtime.props", "build/Durable.Runtime.targets", "buildTransitive/Durable.Runtime.props", "buildTransitive/Durable.Runtime.targets",
            "icon.png",
            "lib/net10.0/Durable.Runtime.dll", "lib/net10.0/Durable.Runtime.xml",
        ],
        FilesOf("Durable.Runtime"));

    [Theory]
    [InlineData("Durable.Sqlite")]
    [InlineData("Durable.Testing")]
    [InlineData("Durable.StoreContract")]
    public void The_others_hold_one_assembly_and_its_documentation(string package)
        => Assert.Equal(["README.md", "icon.png", $"lib/net10.0/{package}.dll", $"lib/net10.0/{package}.xml"], FilesOf(package));

    [Fact]
    public void The_templates_hold_two_projects_and_say_that_they_are_templates()
    {
        using var package = feed.Open("Durable.Templates");
        Assert.Equal(
            [
                "README.md",
                .. Content("web", ".template.config/template.json", "DurableWeb.1.csproj", "GreetingWorkflow.cs", "Program.cs", "README.md"),
                .. Content("worker", ".template.config/template.json", "DurableWorker.1.csproj", "GreetingWorkflow.cs", "Program.cs", "README.md", "Starter.cs"),
                "icon.png",
            ],
            package.Files);
        Assert.Equal("Template", Assert.Single(package.Elements("packageType")).Attribute("name")!.Value);

        static IEnumerable<string> Content(string template, params string[] files) => files.Select(file => $"content/{template}/{file}");
    }

    [Theory]
    [InlineData("Durable.Runtime", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Options")]
    [InlineData("Durable.Sqlite", "Durable.Runtime", "Microsoft.Data.Sqlite.Core")]
    [InlineData("Durable.Testing", "Durable.Runtime")]
    [InlineData("Durable.StoreContract", "Durable.Testing", "Durable.Runtime", "FSharp.Core", "FsCheck", "xunit")]
    [InlineData("Durable.Templates")]
    public void A_package_depends_on_what_it_needs_and_no_more(string name, params string[] dependencies)
    {
        using var package = feed.Open(name);
        Assert.Equal(
            dependencies.Select(id => (id, id.StartsWith("Durable.", StringComparison.Ordinal) ? feed.Version : CentralVersions.Of(id))).Order(),
            package.Elements("dependency").Select(dependency => (dependency.Attribute("id")!.Value, dependency.Attribute("version")!.Value)).Order());
    }

    [Theory]
    [InlineData("Durable.Runtime")]
    [InlineData("Durable.Sqlite")]
    [InlineData("Durable.Testing")]
    [InlineData("Durable.StoreContract")]
    public void Each_assembly_is_the_same_whenever_it_is_built(string name)
    {
        using var package = feed.Open(name);
        // The compiler's own mark: content decides identity and time stamp.
        Assert.All(package.Files.Where(IsAssembly), file => Assert.Contains(DebugLines(package, file), line => line.Type == DebugDirectoryEntryType.Reproducible));
    }

    [Theory]
    [InlineData("Durable.Runtime")]
    [InlineData("Durable.Sqlite")]
    [InlineData("Durable.Testing")]
    [InlineData("Durable.StoreContract")]
    public void The_symbols_beside_a_package_are_those_of_its_assembly(string name)
    {
        using var package = feed.Open(name);
        using var symbols = feed.OpenSymbols(name);
        var file = Assert.Single(symbols.Files);
        Assert.Equal($"lib/net10.0/{name}.pdb", file);
        using var reader = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols.Bytes(file)));
        var id = new BlobContentId(reader.GetMetadataReader().DebugMetadataHeader!.Id);
        var assembly = $"lib/net10.0/{name}.dll";
        var line = DebugLines(package, assembly).Single(line => line.Type == DebugDirectoryEntryType.CodeView);
        using var bytes = new PEReader(new MemoryStream(package.Bytes(assembly)));
        Assert.Equal(bytes.ReadCodeViewDebugDirectoryData(line).Guid, id.Guid);
    }

    private static bool IsAssembly(string file) => file.EndsWith(".dll", StringComparison.Ordinal);

    private static IReadOnlyList<DebugDirectoryEntry> DebugLines(Package package, string file)
    {
        using var assembly = new PEReader(new MemoryStream(package.Bytes(file)));
        return assembly.ReadDebugDirectory();
    }

    private IReadOnlyList<string> FilesOf(string name)
    {
        using var package = feed.Open(name);
        return package.Files;
    }
}
