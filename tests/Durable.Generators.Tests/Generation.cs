using System.Reflection;
using System.Runtime.Loader;
using Durable.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Durable.Generators.Tests;

/// <summary>A user's project with the generator's output in it, compiled as strictly as a project can be.</summary>
internal sealed class Generation
{
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Preview, DocumentationMode.Diagnose);

    private Generation(GeneratorDriverRunResult result, Compilation output)
    {
        Result = result;
        Output = output;
    }

    public GeneratorDriverRunResult Result { get; }

    /// <summary>The user's code and the generated one.</summary>
    public Compilation Output { get; }

    /// <summary>The generated files by name.</summary>
    public IReadOnlyDictionary<string, string> Files => Result.Results[0].GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText.ToString());

    /// <summary>Warnings and errors of the whole.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics => [.. Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)];

    /// <summary>Runs the generator over a project of one file.</summary>
    public static Generation Of(string source, string assemblyName = "Sample", params MetadataReference[] references)
        => Of(Compile(source, assemblyName, references));

    /// <summary>Runs the generator over a project.</summary>
    public static Generation Of(Compilation compilation)
    {
        var driver = Driver((CSharpParseOptions)compilation.SyntaxTrees.First().Options).RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        Assert.Empty(diagnostics);
        return new Generation(driver.GetRunResult(), output);
    }

    /// <summary>Runs the generator over a project of one file, and beside it that of System.Text.Json, which makes the contexts declared there.</summary>
    public static Generation WithContexts(string source, string assemblyName = "Sample", params MetadataReference[] references)
    {
        var compilation = Compile("using System.Text.Json;\nusing System.Text.Json.Serialization;\n" + source, assemblyName, references);
        var driver = CSharpGeneratorDriver.Create([new WorkflowGenerator().AsSourceGenerator(), JsonGenerator.Create()], parseOptions: s_parse)
            .RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        Assert.Empty(diagnostics);
        return new Generation(driver.GetRunResult(), output);
    }

    /// <summary>Runs the generator over a project of one file in an older version of the language.</summary>
    public static Generation Of(string source, LanguageVersion version)
    {
        var compilation = Compile(source);
        var tree = compilation.SyntaxTrees.Single();
        return Of(compilation.ReplaceSyntaxTree(tree, tree.WithRootAndOptions(tree.GetRoot(), s_parse.WithLanguageVersion(version))));
    }

    /// <summary>A driver that records what each step of the pipeline did.</summary>
    public static GeneratorDriver Driver() => Driver(s_parse);

    private static GeneratorDriver Driver(CSharpParseOptions options) => CSharpGeneratorDriver.Create(
        [new WorkflowGenerator().AsSourceGenerator()],
        parseOptions: options,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>A project of one file, with documentation switched on and every warning an error.</summary>
    public static CSharpCompilation Compile(string source, string assemblyName = "Sample", params MetadataReference[] references) => CSharpCompilation.Create(
        assemblyName,
        [Tree("using System;\nusing System.Collections.Generic;\nusing System.Linq;\nusing System.Threading;\nusing System.Threading.Tasks;\nusing Durable;\n\n" + source)],
        [.. RuleHost.References, .. references],
        new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary,
            warningLevel: 9999,
            allowUnsafe: true,
            generalDiagnosticOption: ReportDiagnostic.Error,
            nullableContextOptions: NullableContextOptions.Enable,
            // The samples have no documentation of their own; that generated code needs none is for one test.
            specificDiagnosticOptions: [KeyValuePair.Create("CS1591", ReportDiagnostic.Suppress)]));

    public static SyntaxTree Tree(string source, string path = "Sample.cs") => CSharpSyntaxTree.ParseText(source, s_parse, path);

    /// <summary>The project compiles without a warning.</summary>
    public Generation Compiles()
    {
        Assert.Empty(Diagnostics);
        return this;
    }

    /// <summary>The compiled project as another one references it.</summary>
    public MetadataReference Reference() => MetadataReference.CreateFromImage(Image());

    /// <summary>The compiled project, loaded.</summary>
    /// <param name="others">Projects that it references.</param>
    public Assembly Load(params Generation[] others)
    {
        var context = new AssemblyLoadContext(Output.AssemblyName, isCollectible: true);
        foreach (var other in others)
            context.LoadFromStream(new MemoryStream(other.Image()));
        return context.LoadFromStream(new MemoryStream(Image()));
    }

    private byte[] Image()
    {
        using var stream = new MemoryStream();
        var emitted = Output.Emit(stream);
        Assert.True(emitted.Success, string.Join(Environment.NewLine, emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(20)));
        return stream.ToArray();
    }
}
