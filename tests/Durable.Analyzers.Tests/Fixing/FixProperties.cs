using Durable.Analyzers.Tests.Hygiene;
using Durable.Declarations;
using Durable.TestKit;
using Microsoft.CodeAnalysis;

namespace Durable.Analyzers.Tests.Fixing;

/// <summary>What is promised of the result of every fix and refactoring.</summary>
internal static class FixProperties
{
    /// <summary>The result compiles beside its generated halves, without a warning, and nothing is reported in it: there is nothing left to fix.</summary>
    public static async Task EndsWell(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        Assert.NotEqual(before, after);
        var compilation = await Compile(after);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning));
        Assert.Empty(await RuleHost.Diagnose(compilation, Rules.Analyzers));
    }

    /// <summary>What is stored of every workflow and step keeps its name: those declared before are generated after.</summary>
    public static async Task KeepsNames(IReadOnlyList<string> before, IReadOnlyList<string> after, int added)
    {
        var declared = Declared(await Compile(before));
        var halves = await Compile(after);
        var generated = Generated(halves);
        Assert.Equal(Generated(await Compile(before)).Except(generated), []);
        Assert.Equal(declared.Except(generated), []);
        Assert.Equal(declared.Count + added, generated.Count);
        Assert.Equal(Declared(halves), generated);
    }

    private static async Task<Compilation> Compile(IReadOnlyList<string> texts) => (await FixRun.Solution(texts).Projects.Single().GetCompilationAsync())!;

    /// <summary>What the declarations say, also those that nothing is generated for yet.</summary>
    private static IReadOnlyList<string> Declared(Compilation compilation)
    {
        var types = KnownTypes.Create(compilation)!;
        return [.. Types(compilation.Assembly.GlobalNamespace)
            .SelectMany(type => DeclarationNames.Declared(type, types))
            .Select(method => DeclarationReader.Read(method, types, default)!)
            .Select(read => Text(read.Method.ContainingType.ToDisplayString(), read.Name, read.Kind == DeclarationKind.Workflow ? read.Version : 0, read.Aliases, read.OncePerRun, read.Key is not null))
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>What the generated halves say.</summary>
    private static IReadOnlyList<string> Generated(Compilation compilation) => [.. Types(compilation.Assembly.GlobalNamespace)
        .SelectMany(GeneratedDefinition.Of)
        .Select(found => Text(found.Type, found.Name, found.Version, found.Aliases, found.OncePerRun, found.HasKey))
        .Order(StringComparer.Ordinal)];

    private static string Text(string type, string name, int version, IEnumerable<string> aliases, bool oncePerRun, bool hasKey)
        => $"{type}: {name} {version} [{string.Join(", ", aliases)}] {oncePerRun} {hasKey}";

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceOrTypeSymbol owner) => owner.GetMembers().OfType<INamespaceOrTypeSymbol>()
        .SelectMany(member => member is INamedTypeSymbol type ? Types(type).Prepend(type) : Types(member));
}
