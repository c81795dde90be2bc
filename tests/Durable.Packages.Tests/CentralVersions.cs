using System.Xml.Linq;
using Durable.TestKit;

namespace Durable.Packages.Tests;

/// <summary>The versions of packages that this repository is tested with.</summary>
internal static class CentralVersions
{
    private static readonly Dictionary<string, string> s_versions = XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion")
        .ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value);

    public static string Of(string package) => s_versions[package];
}
