using System.Runtime.InteropServices;
using System.Xml.Linq;
using Durable.TestKit;
using Durable.TestKit.Processes;

namespace Durable.Packages.Tests;

/// <summary>OrderProcessing made of packages, and published with its runtime for the machine that this is.</summary>
public sealed class PublishedSample(PackageFeed feed) : IAsyncLifetime
{
    private static readonly string[] s_apart = ["TrimmerSingleWarn=false", "ILLinkTreatWarningsAsErrors=false"];

    /// <summary>What the trimmer warned of, each on its own member instead of once for each package.</summary>
    public IReadOnlyList<string> Warnings { get; private set; } = [];

    /// <summary>Where the trimmed program is.</summary>
    public string Trimmed => OutputOf("trimmed");

    public async Task InitializeAsync()
    {
        var restored = await RestorePacksAsync("PublishTrimmed");
        Assert.True(restored.ExitCode == 0, $"A trimmed program holds the runtime, and this machine neither has its pack for {RuntimeInformation.RuntimeIdentifier} nor can restore it. {restored}");
        Warnings = await TrimAsync("trimmed");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Publishes a trimmed program of which some assemblies stay whole, so that all of them is looked at.</summary>
    /// <param name="name">The name of a folder.</param>
    /// <param name="whole">The names of the assemblies.</param>
    /// <returns>The warnings of the trimmer.</returns>
    public async Task<IReadOnlyList<string>> TrimAsync(string name, params string[] whole)
    {
        var path = Copy(name);
        var project = XDocument.Load(path);
        project.Root!.Add(new XElement("ItemGroup", whole.Select(assembly => new XElement("TrimmerRootAssembly", new XAttribute("Include", assembly)))));
        project.Save(path);
        var result = (await feed.PublishAsync(path, OutputOf(name), s_apart)).Expect(0);
        return [.. result.Output.Split('\n').Where(line => line.Contains(" warning ", StringComparison.Ordinal)).Distinct()];
    }

    /// <summary>Publishes native code, if this machine has what that takes or can restore it.</summary>
    /// <returns>What came of the restore if it failed, else of the build.</returns>
    public async Task<(bool IsRestored, ChildResult Result)> CompileAsync(string name)
    {
        var restored = await RestorePacksAsync("PublishAot");
        return restored.ExitCode == 0
            ? (true, await feed.PublishAsync(Copy(name), OutputOf(name), ["PublishAot=true", "IlcTreatWarningsAsErrors=false"]))
            : (false, restored);
    }

    public string OutputOf(string name) => Path.Combine(feed.Folder, "published", name, "output");

    private string Copy(string name) => SampleCopy.Write(feed, "OrderProcessing", Path.Combine(feed.Folder, "published", name, "OrderProcessing"));

    // What a plain restore of this repository does not bring. It is looked for where this machine gets its packages.
    private static async Task<ChildResult> RestorePacksAsync(string setting)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("packs.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <{setting}>true</{setting}>
              </PropertyGroup>
            </Project>
            """);
        using var restore = ChildProcess.Start("restore", folder.Path, "--runtime", RuntimeInformation.RuntimeIdentifier, "-p:SelfContained=true", "-nodeReuse:false");
        return await restore.EndAsync();
    }
}
