using System.Collections.Concurrent;
using System.Collections.Immutable;
using Durable.Analyzers.Declarations;
using Durable.Analyzers.Tests.Hygiene;
using Durable.Generators;
using Durable.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Durable.Analyzers.Tests.Robustness;

/// <summary>An editor with one file: each text replaces the one before, and the generators go on from what they know. One thread.</summary>
internal sealed class Workbench
{
    // What the texts need, and no more: each compilation merges the namespaces of all its references.
    private static readonly string[] s_references =
    [
        "System.Private.CoreLib", "System.Private.Uri", "System.Runtime", "System.Collections", "System.Collections.Immutable", "System.Linq", "System.Memory", "System.Net.Http", "System.Text.Json", "System.Threading",
        "System.ComponentModel", "Microsoft.Extensions.DependencyInjection.Abstractions", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.Hosting.Abstractions", "Durable.Runtime",
    ];

    private static readonly CSharpCompilation s_empty = RuleHost.Compile("")
        .WithReferences(RuleHost.References.Where(reference => s_references.Contains(Path.GetFileNameWithoutExtension(reference.Display))))
        .WithOptions(RuleHost.CompilationOptions.WithWarningLevel(9999).WithConcurrentBuild(false));

    private static readonly SyntaxTree s_usings = s_empty.SyntaxTrees[0];
    private static readonly ImmutableArray<DiagnosticAnalyzer> s_analyzers = [.. Rules.Analyzers];

    private static readonly Document s_document = RuleHost.Document("").Project
        .WithMetadataReferences(s_empty.References).WithCompilationOptions(s_empty.Options).Documents.Single(document => document.Name == "Sample.cs");

    private CSharpCompilation _compilation = s_empty;
    private GeneratorDriver _driver = NewDriver();

    /// <summary>Types a text and builds it.</summary>
    public Build Build(string text)
    {
        var old = _compilation.SyntaxTrees[1];
        var tree = old.WithChangedText(Typed(old.GetText(), text));
        _compilation = _compilation.ReplaceSyntaxTree(old, tree);
        _driver = _driver.RunGeneratorsAndUpdateCompilation(_compilation, out var output, out var reported);
        return new Build(_compilation, tree, output, reported, _driver.GetRunResult());
    }

    /// <summary>The user's code alone, without what is generated.</summary>
    public static CSharpCompilation Compile(string text) => s_empty.ReplaceSyntaxTree(s_empty.SyntaxTrees[1], s_empty.SyntaxTrees[1].WithChangedText(SourceText.From(text)));

    /// <summary>A text in an editor, where it can be fixed.</summary>
    public static Document Document(string text) => s_document.Project.Solution.WithDocumentText(s_document.Id, SourceText.From(text)).GetDocument(s_document.Id)!;

    /// <summary>What generators that know nothing yet write for a text in a project whose files come in another order.</summary>
    public static GeneratorDriverRunResult BuildAnew(Build build)
        => NewDriver().RunGenerators(s_empty.RemoveAllSyntaxTrees().AddSyntaxTrees(build.Tree, s_usings)).GetRunResult();

    /// <summary>What compiler and analyzers say of a whole build.</summary>
    /// <param name="build">The build.</param>
    /// <param name="thrown">Takes the exceptions of analyzers.</param>
    public static Task<ImmutableArray<Diagnostic>> DiagnoseAll(Build build, ConcurrentBag<Exception> thrown) => Analysis(build, thrown).GetAllDiagnosticsAsync();

    /// <summary>What analyzers say of a stretch of the text alone, as in an editor: what they say at the end of a compilation is not asked, and generated code is not compiled.</summary>
    /// <param name="build">The build.</param>
    /// <param name="stretch">The stretch: every symbol and body that reaches into it is read. Null for the whole text.</param>
    /// <param name="thrown">Takes the exceptions of analyzers.</param>
    public static async Task<ImmutableArray<Diagnostic>> DiagnoseText(Build build, TextSpan? stretch, ConcurrentBag<Exception> thrown)
        => (await Analysis(build, thrown).GetAnalysisResultAsync(build.Output.GetSemanticModel(build.Tree), stretch, CancellationToken.None)).GetAllDiagnostics();

    // What goes on from the old text is an edit, so that no more than its end is parsed again.
    private static SourceText Typed(SourceText old, string text)
        => old.Length < text.Length && text.StartsWith(old.ToString(), StringComparison.Ordinal) ? old.Replace(old.Length, 0, text[old.Length..]) : SourceText.From(text);

    private static CompilationWithAnalyzers Analysis(Build build, ConcurrentBag<Exception> thrown) => new(build.Output, s_analyzers,
        new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), (exception, _, _) => thrown.Add(exception), concurrentAnalysis: false, logAnalyzerExecutionTime: false));

    private static GeneratorDriver NewDriver()
        => CSharpGeneratorDriver.Create([new WorkflowGenerator().AsSourceGenerator(), new StoppedBuildReporter().AsSourceGenerator()], parseOptions: RuleHost.ParseOptions);
}

/// <summary>What the generators made of a text.</summary>
/// <param name="User">The user's code alone.</param>
/// <param name="Tree">The text.</param>
/// <param name="Output">The user's code and the generated one.</param>
/// <param name="Reported">What generators reported.</param>
/// <param name="Result">What they wrote.</param>
internal sealed record Build(CSharpCompilation User, SyntaxTree Tree, Compilation Output, ImmutableArray<Diagnostic> Reported, GeneratorDriverRunResult Result)
{
    /// <summary>All generated files in one text.</summary>
    public static string Generated(GeneratorDriverRunResult result)
        => string.Join("\n", result.Results.SelectMany(generator => generator.GeneratedSources).Select(file => $"==== {file.HintName}\n{file.SourceText}"));
}
