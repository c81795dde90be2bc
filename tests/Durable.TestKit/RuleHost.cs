using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace Durable.TestKit;

/// <summary>Compiles a text as a user's project would be compiled: against the framework and Durable.Runtime, with implicit usings.</summary>
public static class RuleHost
{
    /// <summary>The usings that the SDK adds to a project.</summary>
    public const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // A partial method with an accessibility must have a second half: the generator writes it, and these tests run without the generator.
    private const string SecondHalfMissing = "CS8795";

    /// <summary>What a user's project references.</summary>
    public static ImmutableArray<MetadataReference> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path).StartsWith("Microsoft.Extensions.", StringComparison.Ordinal))
            .Append(typeof(WorkflowAttribute).Assembly.Location)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>How a user's project is parsed.</summary>
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Preview);

    /// <summary>How a user's project is compiled.</summary>
    public static CSharpCompilationOptions CompilationOptions { get; } = new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);

    // Compilations made from this one share what was read of the references, which is most of the work.
    private static readonly CSharpCompilation s_empty = CSharpCompilation.Create(
        "Sample", [CSharpSyntaxTree.ParseText(ImplicitUsings, ParseOptions, "Usings.cs")], References, CompilationOptions);

    /// <summary>A compilation of one text.</summary>
    /// <param name="source">The text.</param>
    public static CSharpCompilation Compile(string source) => s_empty.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, ParseOptions, "Sample.cs"));

    /// <summary>A document of one text in a project of its own.</summary>
    /// <param name="source">The text.</param>
    public static Document Document(string source) => new AdhocWorkspace().AddProject("Sample", LanguageNames.CSharp)
        .WithParseOptions(ParseOptions)
        .WithCompilationOptions(CompilationOptions)
        .WithMetadataReferences(References)
        .AddDocument("Usings.cs", ImplicitUsings).Project
        .AddDocument("Sample.cs", source);

    /// <summary>What an analyzer reports, in order of place. An analyzer that throws fails the test.</summary>
    /// <param name="document">The document.</param>
    /// <param name="analyzer">The analyzer.</param>
    public static async Task<ImmutableArray<Diagnostic>> Diagnose(Document document, DiagnosticAnalyzer analyzer)
        => await Diagnose((await document.Project.GetCompilationAsync())!, analyzer);

    /// <summary>What analyzers report, in order of place. An analyzer that throws fails the test.</summary>
    /// <param name="compilation">The compilation.</param>
    /// <param name="analyzers">The analyzers.</param>
    public static async Task<ImmutableArray<Diagnostic>> Diagnose(Compilation compilation, params IReadOnlyList<DiagnosticAnalyzer> analyzers)
    {
        var found = await compilation.WithAnalyzers([.. analyzers]).GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(found, diagnostic => diagnostic.Id.StartsWith("AD", StringComparison.Ordinal));
        return [.. found.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)];
    }

    /// <summary>The compiler's errors, but for the halves that the generator writes.</summary>
    /// <param name="document">The document.</param>
    public static async Task<ImmutableArray<Diagnostic>> CompilerErrors(Document document)
        => [.. (await document.Project.GetCompilationAsync())!.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id != SecondHalfMissing)];
}
