using System.Xml.Linq;
using Durable.TestKit;

namespace Durable.Packages.Tests;

/// <summary>Copies a sample out of the repository, with package references instead of project references.</summary>
internal static class SampleCopy
{
    // What the repository sets for all its projects and a user's project says itself.
    private static readonly string[] s_settings = ["TargetFramework", "LangVersion", "Nullable", "ImplicitUsings", "TreatWarningsAsErrors", "InvariantGlobalization", "NoWarn"];

    /// <summary>Writes the copy.</summary>
    /// <returns>The path of its project.</returns>
    public static string Write(PackageFeed feed, string name, string folder)
    {
        var source = Path.Combine(Repository.Root, "samples", name);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(source, file);
            if (relative.Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj")
                continue;
            var target = Path.Combine(folder, relative);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        var project = Path.Combine(folder, name + ".csproj");
        ReferencePackages(feed, project);
        return project;
    }

    private static void ReferencePackages(PackageFeed feed, string path)
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
