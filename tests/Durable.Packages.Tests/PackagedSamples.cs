using System.Xml.Linq;
using Durable.TestKit;

namespace Durable.Packages.Tests;

/// <summary>The samples as a user would have them: copies with package references instead of project references, built with warnings as errors.</summary>
public sealed class PackagedSamples(PackageFeed feed) : IAsyncLifetime
{
    private static readonly string[] s_names = [.. Directory.GetFiles(Path.Combine(Repository.Root, "samples"), "*.csproj", SearchOption.AllDirectories).Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    // What the repository sets for all its projects and a user's project says itself.
    private static readonly string[] s_settings = ["TargetFramework", "LangVersion", "Nullable", "ImplicitUsings", "TreatWarningsAsErrors", "InvariantGlobalization", "NoWarn"];

    public static TheoryData<string> Names => [.. s_names];

    public async Task InitializeAsync()
    {
        foreach (var name in s_names)
            Copy(name);
        await feed.BuildAllAsync("samples.slnx", s_names.Select(ProjectOf));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public string FolderOf(string name) => Path.Combine(feed.Folder, "samples", name);

    public string OutputOf(string name) => Path.Combine(FolderOf(name), "bin", "Debug", "net10.0");

    private string ProjectOf(string name) => Path.Combine(FolderOf(name), name + ".csproj");

    private void Copy(string name)
    {
        var source = Path.Combine(Repository.Root, "samples", name);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(source, file);
            if (relative.Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj")
                continue;
            var target = Path.Combine(FolderOf(name), relative);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        ReferencePackages(ProjectOf(name));
    }

    private void ReferencePackages(string path)
    {
        var project = XDocument.Load(path);
        var properties = project.Root!.Element("PropertyGroup")!;
        var settings = XDocument.Parse(Repository.Read("Directory.Build.props")).Descendants().Where(setting => s_settings.Contains(setting.Name.LocalName));
        properties.Add(settings);
        properties.Element("UseDurable")!.Remove();
        project.Root.Add(new XElement("ItemGroup", Package("Durable.Runtime", feed.Version)));
        foreach (var reference in project.Descendants("ProjectReference").ToList())
            reference.ReplaceWith(Package(Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value), feed.Version));
        foreach (var reference in project.Descendants("PackageReference").Where(reference => reference.Attribute("Version") is null))
            reference.SetAttributeValue("Version", CentralVersions.Of(reference.Attribute("Include")!.Value));
        project.Save(path);
    }

    private static XElement Package(string name, string version) => new("PackageReference", new XAttribute("Include", name), new XAttribute("Version", version));
}
