using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Durable.Benchmarks;

/// <summary>
/// A user's project with many steps: for each workflow a file, and one with the service that its steps call; and one file that has nothing to do with them.
/// Around a step stand 2,000 characters of ordinary code; around one of the samples' steps there are 6,500 and more.
/// </summary>
internal sealed class GeneratorProject
{
    private const int StepsOfAWorkflow = 10;
    private const string Usings = "using System;\nusing System.Collections.Generic;\nusing System.Linq;\nusing System.Threading;\nusing System.Threading.Tasks;\nusing Durable;\n\n";

    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Preview);
    private readonly CSharpCompilation _references;

    /// <summary>A project with a number of steps, ten in each workflow.</summary>
    /// <param name="steps">The number.</param>
    /// <param name="isBare">True to leave out what a step's service does: the project is nothing but workflows.</param>
    public GeneratorProject(int steps, bool isBare)
    {
        var paths = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path).StartsWith("Microsoft.Extensions.", StringComparison.Ordinal))
            .Append(typeof(WorkflowAttribute).Assembly.Location);
        _references = CSharpCompilation.Create(
            "Benchmark", null, paths.Select(path => MetadataReference.CreateFromFile(path)), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        // What is read of the references is read once, as in an editor, and is not the generator's.
        _ = _references.GetTypeByMetadataName("Durable.WorkflowAttribute")!.GetAttributes();
        Workflows = [.. Enumerable.Range(0, Math.Max(1, steps / StepsOfAWorkflow)).Select(number => Workflow(number, isDurable: true))];
        Services = [.. Enumerable.Range(0, Workflows.Count).Select(number => Service(number, isBare))];
        Unrelated = Usings + "namespace Acme; public static class Unrelated { public static int One() => 1; }";
    }

    /// <summary>The files of the workflows.</summary>
    public IReadOnlyList<string> Workflows { get; }

    /// <summary>The files of what the steps call.</summary>
    public IReadOnlyList<string> Services { get; }

    /// <summary>The file without any.</summary>
    public string Unrelated { get; }

    /// <summary>A driver that has run over nothing yet.</summary>
    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create([new Durable.Generators.WorkflowGenerator().AsSourceGenerator()], parseOptions: s_parse);

    /// <summary>The project, freshly parsed: nothing is known of its symbols.</summary>
    public CSharpCompilation Compile() => Compile(Workflows);

    /// <summary>The same project by somebody who does not use Durable: the bodies are the methods.</summary>
    public CSharpCompilation CompilePlain() => Compile(Enumerable.Range(0, Workflows.Count).Select(number => Workflow(number, isDurable: false)));

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

    private CSharpCompilation Compile(IEnumerable<string> workflows) => _references.AddSyntaxTrees(
        [.. workflows.Select((text, i) => Parse(text, $"Flow{i}.cs")), .. Services.Select((text, i) => Parse(text, $"Service{i}.cs")), Parse(Unrelated, "Unrelated.cs")]);

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, s_parse, path, Encoding.UTF8);

    private static string Workflow(int number, bool isDurable)
    {
        var (core, context) = isDurable ? ("Core", ", WorkflowContext workflow") : ("", "");
        var text = new StringBuilder(Usings).Append($$"""
            namespace Acme;
            public enum Kind{{number}} { Small, Large }
            public sealed record Item{{number}}(string Name, decimal Price, Kind{{number}} Kind, IReadOnlyList<string> Marks);
            public sealed partial class Flow{{number}}(Service{{number}} service)
            {

            """);
        if (isDurable)
            text.Append($"    [Workflow] public partial Task<int> RunAsync(Item{number} item, int times = 1);\n\n");
        text.Append($$"""
                private async Task<int> RunAsync{{core}}(Item{{number}} item, int times{{context}})
                {
                    var sum = times + 1;

            """);
        for (var step = 0; step < StepsOfAWorkflow; step++)
            text.Append($"        sum += await Part{step}Async(item.Name, item, sum);\n");
        text.Append("        return sum;\n    }\n");
        for (var step = 0; step < StepsOfAWorkflow; step++)
        {
            if (isDurable)
                text.Append($"\n    [Step] private partial Task<int> Part{step}Async([StepKey] string name, Item{number} item, int sum, CancellationToken cancellationToken = default);\n");
            var parameters = isDurable ? ", StepContext step, CancellationToken cancellationToken" : ", CancellationToken cancellationToken = default";
            text.Append($$"""

                    private async Task<int> Part{{step}}Async{{core}}(string name, Item{{number}} item, int sum{{parameters}})
                    {
                        var report = await service.Part{{step}}Async(item, sum, cancellationToken);
                        return report.Count(line => line.StartsWith(name, StringComparison.Ordinal)) + sum;
                    }

                """);
        }

        return text.Append("}\n").ToString();
    }

    private static string Service(int number, bool isBare)
    {
        var text = new StringBuilder(Usings).Append($"namespace Acme;\npublic sealed class Service{number}(TimeProvider time)\n{{\n    private readonly Dictionary<string, decimal> _totals = [];\n");
        for (var part = 0; part < StepsOfAWorkflow; part++)
        {
            if (isBare)
            {
                text.Append($"    public Task<IReadOnlyList<string>> Part{part}Async(Item{number} item, int limit, CancellationToken cancellationToken) => Task.FromResult(item.Marks);\n");
                continue;
            }

            text.Append($$"""

                    /// <summary>Does part {{part}} of the work and reports it line by line.</summary>
                    public async Task<IReadOnlyList<string>> Part{{part}}Async(Item{{number}} item, int limit, CancellationToken cancellationToken)
                    {
                        ArgumentNullException.ThrowIfNull(item);
                        if (string.IsNullOrWhiteSpace(item.Name))
                            throw new ArgumentException($"Part {{part}} needs an item with a name, not '{item.Name}'.", nameof(item));
                        var rate = item.Kind switch
                        {
                            Kind{{number}}.Small => 0.07m,
                            Kind{{number}}.Large when item.Price > 1_000m => 0.15m,
                            Kind{{number}}.Large => 0.19m,
                            _ => throw new InvalidOperationException($"The kind {item.Kind} is not known."),
                        };
                        var report = new List<string>();
                        foreach (var group in item.Marks.Where(mark => mark.Length > {{part}}).GroupBy(mark => mark[0]).OrderBy(group => group.Key))
                        {
                            var count = group.Count();
                            if (count > limit)
                            {
                                report.Add($"{item.Name}: {count} marks with '{group.Key}', of which {limit} count");
                                count = limit;
                            }

                            var price = Math.Round(item.Price * count * (1 + rate), 2, MidpointRounding.AwayFromZero);
                            var before = _totals.TryGetValue(item.Name, out var total) ? total : 0m;
                            _totals[item.Name] = before + price;
                            report.Add($"{item.Name} {group.Key}: {count} x {item.Price:0.00} = {price:0.00} at {time.GetUtcNow():O}");
                        }

                        try
                        {
                            await Task.Delay(TimeSpan.FromMilliseconds(report.Count), time, cancellationToken);
                        }
                        catch (OperationCanceledException exception) when (report.Count > 0)
                        {
                            report.Add($"{item.Name}: stopped, {exception.Message}");
                        }

                        return report.Count == 0 ? [$"{item.Name}: nothing to do"] : report;
                    }

                """);
        }

        return text.Append("}\n").ToString();
    }
}
