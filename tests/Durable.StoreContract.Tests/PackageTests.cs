using System.IO.Compression;
using System.Xml.Linq;
using Durable.TestKit;
using Durable.TestKit.Processes;

namespace Durable.Storage.Contract.Tests;

/// <summary>What the author of another store gets. That a project made of the packages restores and compiles is shown by tests/Durable.StoreContract.Tests/Packages/try.sh: too slow for here.</summary>
public sealed class PackageTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private ZipArchive _package = null!;

    public async Task InitializeAsync()
    {
        // Built already, as a reference of this project.
        var project = Path.Combine(Repository.Root, "tests", "Durable.StoreContract", "Durable.StoreContract.csproj");
        (await ChildProcess.RunAsync("pack", _folder.Path, project, "--no-build", "--configuration", Configuration, "--output", _folder.Path)).Expect(0);
        _package = ZipFile.OpenRead(Assert.Single(Directory.GetFiles(_folder.Path, "Durable.StoreContract.*.nupkg")));
    }

    public Task DisposeAsync()
    {
        _package.Dispose();
        _folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public void The_package_holds_the_suites_their_documentation_and_the_guide_and_depends_on_what_they_need()
    {
        Assert.Equal(
            ["README.md", "lib/net10.0/Durable.StoreContract.dll", "lib/net10.0/Durable.StoreContract.xml"],
            _package.Entries.Select(entry => entry.FullName).Where(name => name.StartsWith("lib/", StringComparison.Ordinal) || name == "README.md").Order(StringComparer.Ordinal));
        // Nothing of the compiler: a test project of a store needs none.
        Assert.Equal(["Durable.Runtime", "Durable.Testing", "FSharp.Core", "FsCheck", "xunit"], Dependencies().Order(StringComparer.Ordinal));
    }

    private static string Configuration => AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";

    private IEnumerable<string> Dependencies()
    {
        using var stream = _package.Entries.Single(entry => entry.Name == "Durable.StoreContract.nuspec").Open();
        return XDocument.Load(stream).Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value).ToArray();
    }
}
