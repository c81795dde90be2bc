using System.Reflection;
using Durable.TestKit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Durable.Testing.Tests.Crashes.Mutants;

/// <summary>Compiles Durable.Runtime from its sources, as they are or with a mistake in them.</summary>
public sealed class EngineCompiler
{
    /// <summary>Where the engine's sources are, from the root of the repository.</summary>
    public const string Folder = "src/Durable.Runtime";

    // What the project file says besides.
    private const string Project = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        global using System.Threading.Tasks;

        [assembly: System.Reflection.AssemblyVersion("0.1.0.0")]
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Durable.Testing")]
        [assembly: System.Runtime.CompilerServices.InternalsVisibleTo("Durable.Testing.Tests")]
        """;

    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Preview);

    private readonly CSharpCompilation _engine;
    private readonly Dictionary<string, SyntaxTree> _trees = [];

    public EngineCompiler()
    {
        var root = Path.Combine(Repository.Root, Folder);
        foreach (var file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(root, file).Replace('\\', '/');
            if (!path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal))
                _trees.Add(path, Parse(path, Repository.Read($"{Folder}/{path}")));
        }

        var sources = CSharpCompilation.Create("Durable.Runtime", [.. _trees.Values, Parse("Project.cs", Project)], References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        // What is generated does not depend on the mistakes: once is enough.
        CSharpGeneratorDriver.Create(Generators(), parseOptions: s_parse).RunGeneratorsAndUpdateCompilation(sources, out var engine, out _);
        _engine = (CSharpCompilation)engine;
    }

    /// <summary>The assembly.</summary>
    /// <param name="mutation">The mistake; null for the engine as it is.</param>
    public byte[] Compile(Mutation? mutation)
    {
        var engine = mutation is null ? _engine : _engine.ReplaceSyntaxTree(Tree(mutation), Parse(mutation.File, mutation.Apply(Tree(mutation).ToString())));
        using var image = new MemoryStream();
        var emitted = engine.Emit(image);
        Assert.True(emitted.Success, $"'{mutation?.Name ?? "the engine"}' does not compile:\n{string.Join('\n', emitted.Diagnostics.Where(found => found.Severity == DiagnosticSeverity.Error).Take(5))}");
        return image.ToArray();
    }

    private SyntaxTree Tree(Mutation mutation)
    {
        Assert.True(_trees.TryGetValue(mutation.File, out var tree), $"The mutation '{mutation.Name}' is for {mutation.File}, which is not there any more: give it its new place, in Mutations.cs.");
        return tree;
    }

    private static SyntaxTree Parse(string path, string source) => CSharpSyntaxTree.ParseText(source, s_parse, path);

    private static IEnumerable<MetadataReference> References() => ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path).StartsWith("Microsoft.Extensions.", StringComparison.Ordinal))
        .Select(path => MetadataReference.CreateFromFile(path));

    // The generators that the engine's own project is compiled with.
    private static IEnumerable<ISourceGenerator> Generators()
        => typeof(EngineCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(constant => constant.Key == "Generators").Value!.Split(';')
            .SelectMany(path => new AnalyzerFileReference(path, new Loader()).GetGenerators(LanguageNames.CSharp));

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath) { }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
