using System.Reflection;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Durable.TestKit;

/// <summary>System.Text.Json's own source generator, which a user's build runs beside ours: it makes the contexts that users declare.</summary>
public static class JsonGenerator
{
    private static readonly Lazy<Type> s_type = new(Load);

    /// <summary>A new instance.</summary>
    public static ISourceGenerator Create() => ((IIncrementalGenerator)Activator.CreateInstance(s_type.Value)!).AsSourceGenerator();

    // It comes with the SDK, beside what projects reference of the framework.
    private static Type Load()
    {
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        var packs = Path.Combine(root, "packs", "Microsoft.NETCore.App.Ref");
        var file = Directory.GetFiles(packs, "System.Text.Json.SourceGeneration.dll", SearchOption.AllDirectories).Order(StringComparer.Ordinal).LastOrDefault();
        Assert.True(file is not null, $"The SDK's reference pack in '{packs}' has no generator of System.Text.Json.");
        return Assembly.LoadFrom(file).GetType("System.Text.Json.SourceGeneration.JsonSourceGenerator", throwOnError: true)!;
    }
}
