using Durable.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Durable.Analyzers.Tests.Robustness;

/// <summary>Every text of this repository that declares workflows, steps or signals: files, and the texts within tests.</summary>
internal static class Corpus
{
    private static readonly string[] s_folders = ["samples", "tests", "benchmarks"];

    // Later: whoever asks which tests there are must not wait for it.
    private static readonly Lazy<IReadOnlyList<Source>> s_clean = new(FindClean);

    /// <summary>The files that use every shape and every kind of payload, made for this.</summary>
    public static IReadOnlyList<Source> Dense { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "tests/Durable.Analyzers.Tests/Robustness/Sources"), "*.cs").Order(StringComparer.Ordinal).Select(Read),
    ];

    /// <summary>All texts, without their doubles.</summary>
    public static IReadOnlyList<Source> All { get; } = [.. Files().SelectMany(file => Within(file).Prepend(file)).DistinctBy(source => source.Text)];

    /// <summary>The texts that are made of little else than workflows and steps: samples, and what tests are about.</summary>
    public static IReadOnlyList<Source> Small { get; } = [.. All.Where(source => source.Text.Length < 3_000)];

    /// <summary>The texts that compile but for what is generated: what a mutant is made of. An error of their own would excuse too much.</summary>
    public static IReadOnlyList<Source> Clean => s_clean.Value;

    private static IReadOnlyList<Source> FindClean() =>
    [
        .. All.Where(source => source.Text.Length < 10_000)
            .Where(source => !Workbench.Compile(source.Text).GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id != "CS8795")),
    ];

    private static IEnumerable<Source> Files()
        => s_folders.SelectMany(folder => Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin") && !path.EndsWith(".verified.cs", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(Read)
            .Where(source => Declares(source.Text));

    private static Source Read(string path) => new(Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'), File.ReadAllText(path).ReplaceLineEndings("\n"));

    private static IEnumerable<Source> Within(Source file)
        => CSharpSyntaxTree.ParseText(file.Text, RuleHost.ParseOptions).GetRoot().DescendantTokens()
            .Where(token => token.IsKind(SyntaxKind.StringLiteralToken) || token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken) || token.IsKind(SyntaxKind.MultiLineRawStringLiteralToken))
            .Where(token => Declares(token.ValueText))
            .Select((token, number) => new Source($"{file.Name} text {number}", token.ValueText.Replace("[|", "").Replace("|]", "")));

    private static bool Declares(string text) => text.Contains("[Workflow", StringComparison.Ordinal) || text.Contains("[Step", StringComparison.Ordinal) || text.Contains("[Signal", StringComparison.Ordinal);
}
