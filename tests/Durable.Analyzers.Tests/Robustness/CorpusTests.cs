using Durable.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Analyzers.Tests.Robustness;

/// <summary>The texts that are mutated are what they have to be.</summary>
public sealed class CorpusTests
{
    public static TheoryData<string> Dense => [.. Corpus.Dense.Select(source => source.Name)];

    [Theory, MemberData(nameof(Dense))]
    public async Task A_dense_text_compiles_and_nothing_is_an_error(string name)
    {
        var build = new Workbench().Build(Corpus.Dense.Single(source => source.Name == name).Text);
        var found = await Workbench.DiagnoseAll(build, []);
        Assert.Empty(found.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString()));
    }

    [Fact]
    public void Samples_and_tests_have_at_least_fifty_thousand_prefixes()
        => Assert.True(Corpus.All.Sum(source => source.Text.Length) >= 50_000);

    [Theory]
    [InlineData("src/Shared")]
    [InlineData("src/Durable.Generators")]
    [InlineData("src/Durable.Analyzers")]
    [InlineData("src/Durable.CodeFixes")]
    public void The_compiler_assemblies_catch_nothing_but_what_says_that_a_pattern_is_none(string folder)
    {
        var root = Path.Combine(Repository.Root, folder);
        var files = Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories).Where(path => !Path.GetRelativePath(root, path).StartsWith("obj", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(files);
        // A regular expression says by an exception, and in no other way, that it is none.
        Assert.All(files, path => Assert.All(
            CSharpSyntaxTree.ParseText(File.ReadAllText(path)).GetRoot().DescendantNodes().OfType<CatchClauseSyntax>(),
            clause => Assert.Equal(("RetryReading.cs", "ArgumentException"), (Path.GetFileName(path), clause.Declaration?.Type.ToString()))));
    }
}
