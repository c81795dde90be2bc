using System.Xml.Linq;
using Durable.TestKit;

namespace Durable.Analyzers.Tests.Hygiene;

/// <summary>The errors of the package's targets, read from the targets: they come before the compiler, so that no analyzer has their descriptors.</summary>
internal static class BuildErrors
{
    private static readonly XElement s_targets = XElement.Parse(Repository.Read("src/Durable.Runtime/build/Durable.Runtime.targets"));

    public static IReadOnlyList<string> All { get; } = [.. s_targets.Descendants("Error").Select(error => error.Attribute("Code")!.Value).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Ids => [.. All];

    /// <summary>Where an error says that its page is.</summary>
    public static string HelpLink(string id)
        => s_targets.Descendants("Error").Single(error => error.Attribute("Code")!.Value == id).Attribute("HelpLink")!.Value
            .Replace("$(_DurableRules)", s_targets.Descendants("_DurableRules").Single().Value, StringComparison.Ordinal);
}
