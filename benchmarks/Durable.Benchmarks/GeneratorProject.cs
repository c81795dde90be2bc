using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Durable.Benchmarks;

/// <summary>A user's project with many steps: a file for each workflow, and one file that has nothing to do with them.</summary>
internal sealed class GeneratorProject
{
    private const int StepsOfAWorkflow = 10;
    private const string Usings = "using System;\nusing System.Collections.Generic;\nusing System.Linq;\nusing System.Threading;\nusing System.Threading.Tasks;\nusing Durable;\n\n";

    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Preview);
    private readonly CSharpCompilation _references;

    /// <summary>A project with a number of steps, ten in each workflow.</summary>
    public GeneratorProject(int steps)
    {
        var paths = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path).StartsWith("Microsoft.Extensions.", StringComparison.Ordinal))
            .Append(typeof(WorkflowAttribute).Assembly.Location);
        _references = CSharpCompilation.Create(
            "Benchmark", null, paths.Select(path => MetadataReference.CreateFromFile(path)), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        // What is read of the references is read once, as in an editor, and is not the generator's.
        _ = _references.GetTypeByMetadataName("Durable.WorkflowAttribute")!.GetAttributes();
        Workflows = [.. Enumerable.Range(0, Math.Max(1, steps / StepsOfAWorkflow)).Select(Workflow)];
        Unrelated = Usings + "namespace Acme; public static class Unrelated { public static int One() => 1; }";
    }

    /// <summary>The files of the workflows.</summary>
    public IReadOnlyList<string> Workflows { get; }

    /// <summary>The file without any.</summary>
    public string Unrelated { get; }

    /// <summary>A driver that has run over nothing yet.</summary>
    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create([new Durable.Generators.WorkflowGenerator().AsSourceGenerator()], parseOptions: s_parse);

    /// <summary>The project, freshly parsed: nothing is known of its symbols.</summary>
    public CSharpCompilation Compile() => _references.AddSyntaxTrees([.. Workflows.Select((text, i) => Parse(text, $"Flow{i}.cs")), Parse(Unrelated, "Unrelated.cs")]);

    /// <summary>The project after a keystroke: one character more in a method's body.</summary>
    /// <param name="project">The project.</param>
    /// <param name="file">The file.</param>
    /// <param name="before">The text that the character goes in front of; the last one.</param>
    public static CSharpCompilation Type(CSharpCompilation project, string file, string before)
    {
        var tree = project.SyntaxTrees.Single(tree => tree.FilePath == file);
        var text = tree.GetText();
        var at = text.ToString().LastIndexOf(before, StringComparison.Ordinal);
        return project.ReplaceSyntaxTree(tree, tree.WithChangedText(text.WithChanges(new TextChange(new TextSpan(at, 0), "1"))));
    }

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, s_parse, path, Encoding.UTF8);

    private static string Workflow(int number)
    {
        var text = new StringBuilder(Usings).Append($$"""
            namespace Acme;
            public enum Kind{{number}} { Small, Large }
            public sealed record Item{{number}}(string Name, decimal Price, Kind{{number}} Kind, IReadOnlyList<string> Marks);
            public sealed partial class Flow{{number}}(IServiceProvider services)
            {
                [Workflow] public partial Task<int> RunAsync(Item{{number}} item, int times = 1);

                private async Task<int> RunAsyncCore(Item{{number}} item, int times, WorkflowContext workflow)
                {
                    var sum = times + 1;

            """);
        for (var step = 0; step < StepsOfAWorkflow; step++)
            text.Append($"        sum += await Part{step}Async(item.Name, item, sum);\n");
        text.Append("        return sum;\n    }\n");
        for (var step = 0; step < StepsOfAWorkflow; step++)
        {
            text.Append($$"""

                    [Step] private partial Task<int> Part{{step}}Async([StepKey] string name, Item{{number}} item, int sum, CancellationToken cancellationToken = default);

                    private async Task<int> Part{{step}}AsyncCore(string name, Item{{number}} item, int sum, StepContext step, CancellationToken cancellationToken)
                    {
                        await Task.Delay(TimeSpan.FromMilliseconds(item.Marks.Count), cancellationToken);
                        return services is null ? name.Length : item.Marks.Where(mark => mark.StartsWith(name, StringComparison.Ordinal)).Sum(mark => mark.Length) + sum;
                    }

                """);
        }

        return text.Append("}\n").ToString();
    }
}
