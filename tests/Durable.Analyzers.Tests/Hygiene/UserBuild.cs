using System.Collections.Immutable;
using Durable.Analyzers.Declarations;
using Durable.Generators;
using Durable.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Durable.Analyzers.Tests.Hygiene;

/// <summary>What a user's build makes of a text: the generators have run. A generator that throws fails the test.</summary>
/// <param name="Compilation">The text and what was generated.</param>
/// <param name="Reported">What the generators reported.</param>
internal sealed record UserBuild(Compilation Compilation, ImmutableArray<Diagnostic> Reported)
{
    /// <summary>True when the compiler would stop before it asks an analyzer.</summary>
    public bool StopsAtDeclarations => Compilation.GetDeclarationDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    /// <summary>Builds a text.</summary>
    /// <param name="source">The text.</param>
    /// <param name="options">What the project says; null for nothing.</param>
    public static UserBuild Of(string source, AnalyzerConfigOptionsProvider? options = null)
    {
        var driver = CSharpGeneratorDriver.Create(
            [new WorkflowGenerator().AsSourceGenerator(), new StoppedBuildReporter().AsSourceGenerator()], parseOptions: RuleHost.ParseOptions, optionsProvider: options);
        var results = driver.RunGeneratorsAndUpdateCompilation(RuleHost.Compile(source), out var compilation, out var reported).GetRunResult().Results;
        Assert.All(results, result => Assert.Null(result.Exception));
        return new UserBuild(compilation, reported);
    }
}
