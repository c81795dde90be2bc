using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Durable.Generators.Tests.Pipeline;

/// <summary>An edit runs again what it concerns, and nothing else.</summary>
public sealed class IncrementalTests
{
    private const string Flow = """
        using System.Threading.Tasks;
        using Durable;
        namespace Acme;
        public sealed partial class Flow
        {
            [Workflow] public partial Task<int> RunAsync(int x);
            [Step] private partial Task<int> DoubleAsync(int x);
            [Signal] private partial Task<string> GoAsync();
            private async Task<int> RunAsyncCore(int x) => await DoubleAsync(x);
            private static int DoubleAsyncCore(int x) => x * 2;
        }
        """;

    private const string Other = """
        using System.Threading.Tasks;
        using Durable;
        namespace Acme;
        public sealed record Charge(string Id);
        public sealed partial class Other
        {
            [Step] private partial Task<Charge> ChargeAsync(string id);
            private Charge ChargeAsyncCore(string id) => new(id);
        }
        """;

    private const string Unrelated = "namespace Acme; public static class Unrelated { public static int One() => 1; }";

    private const string Context = """
        using System.Text.Json.Serialization;
        [assembly: Durable.DurableJsonContext(typeof(Acme.Json))]
        namespace Acme;
        [JsonSerializable(typeof(Basket))] internal sealed partial class Json : JsonSerializerContext { public static int One() => 1; }
        public sealed class Basket : System.Collections.Generic.List<int> { }
        """;

    private const string Errors = """
        namespace Acme;
        [Durable.DurableError] public sealed class ClosedException(int gate) : System.Exception { public int Gate { get; } = gate; public string Text() => "1"; }
        """;

    /// <summary>The named steps that see text, in the order of the pipeline; what comes before them looks at symbols and runs on each edit.</summary>
    private static readonly string[] s_steps =
    [
        TrackingNames.Declarations, TrackingNames.Containers, TrackingNames.Registrations, TrackingNames.Errors, TrackingNames.Payloads, TrackingNames.Surroundings, TrackingNames.Contexts, TrackingNames.Modules,
    ];

    [Theory]
    [InlineData("Unrelated.cs", "=> 1", "=> 2")]
    [InlineData("Unrelated.cs", "}", "/* a comment */ public static int Two() => 2; }")]
    [InlineData("Flow.cs", "namespace Acme;", "// a comment\nnamespace Acme;")]
    [InlineData("Context.cs", "=> 1", "=> 2")]
    [InlineData("Context.cs", "[JsonSerializable(typeof(Basket))]", "[JsonSerializable(typeof(Basket)), JsonSerializable(typeof(int))]")]
    [InlineData("Errors.cs", "=> \"1\"", "=> \"2\"")]
    [InlineData("Errors.cs", "public string Text", "public bool IsOpen => Gate > 1; public string Text")]
    [InlineData("Flow.cs", "x * 2", "x * 3")]
    [InlineData("Flow.cs", "await DoubleAsync(x)", "await DoubleAsync(x) + await DoubleAsync(x + 1)")]
    public void An_edit_that_changes_no_declaration_writes_nothing_again(string file, string old, string now)
    {
        var result = Edit(file, old, now);
        Assert.All(s_steps.SelectMany(step => Reasons(result, step)), IsNotNew);
        Assert.All(Outputs(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void A_new_step_writes_its_type_again_and_no_other()
    {
        var result = Edit("Flow.cs", "    [Step] private", "    [Step] private partial Task TickAsync(); private void TickAsyncCore() { }\n    [Step] private");
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Unchanged], Reasons(result, TrackingNames.Containers).Order());
        Assert.All([.. Reasons(result, TrackingNames.Registrations), .. Reasons(result, TrackingNames.Payloads), .. Reasons(result, TrackingNames.Modules)], IsNotNew);
    }

    [Fact]
    public void A_change_of_what_is_proven_of_a_body_writes_its_type_again()
    {
        var result = Edit("Flow.cs", "=> await DoubleAsync(x);", "{ await Task.Yield(); return await DoubleAsync(x); }");
        Assert.Contains(IncrementalStepRunReason.Modified, Reasons(result, TrackingNames.Containers));
        Assert.DoesNotContain("AwaitsOnlyDurableWork", Text(result, "Acme.Flow.g.cs"));
    }

    [Fact]
    public void A_change_of_a_payload_writes_contracts_again()
    {
        var result = Edit("Other.cs", "Charge(string Id)", "Charge(string Id, int Amount = 0)");
        Assert.Contains(IncrementalStepRunReason.Modified, Reasons(result, TrackingNames.Payloads));
        Assert.Contains("Amount", Text(result, "Durable.Payloads.g.cs"));
    }

    [Fact]
    public void A_change_of_an_error_writes_contracts_again_and_no_type()
    {
        var result = Edit("Errors.cs", "{ get; } = gate;", "{ get; } = gate; public int? Key { get; init; }");
        Assert.Contains(IncrementalStepRunReason.Modified, Reasons(result, TrackingNames.Errors));
        Assert.All([.. Reasons(result, TrackingNames.Containers), .. Reasons(result, TrackingNames.Registrations), .. Reasons(result, TrackingNames.Modules)], IsNotNew);
        Assert.Contains("Key", Text(result, "Durable.Payloads.g.cs"));
    }

    [Theory]
    [InlineData("typeof(Basket)", "typeof(Charge)")]
    [InlineData("[assembly: Durable.DurableJsonContext(typeof(Acme.Json))]", "")]
    public void A_change_of_what_a_context_stores_writes_contracts_again(string old, string now)
    {
        var result = Edit("Context.cs", old, now);
        Assert.Contains(IncrementalStepRunReason.Modified, new[] { TrackingNames.Payloads, TrackingNames.Contexts }.SelectMany(step => Reasons(result, step)));
        Assert.Equal(now.Contains("Charge", StringComparison.Ordinal), Text(result, "Durable.Payloads.g.cs").Contains("PayloadContext.Contract<global::Acme.Charge>", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rebuilt_library_with_the_same_module_writes_nothing_again()
    {
        static MetadataReference Library() => Generation.Of("public sealed partial class Lib { [Step] public partial Task A(); private void ACore() { } }", "Library").Compiles().Reference();
        var project = Project().AddReferences(Library());
        var driver = Generation.Driver().RunGenerators(project);
        var result = driver.RunGenerators(project.ReplaceReference(project.References.Last(), Library())).GetRunResult().Results.Single();
        Assert.All(Outputs(result), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void The_order_of_files_changes_nothing()
    {
        var forward = Generation.Of(Project());
        var trees = Project().SyntaxTrees.Reverse();
        var backward = Generation.Of(Project().RemoveAllSyntaxTrees().AddSyntaxTrees(trees));
        Assert.Equal(forward.Files.OrderBy(file => file.Key), backward.Files.OrderBy(file => file.Key));
    }

    private static void IsNotNew(IncrementalStepRunReason reason)
        => Assert.Contains(reason, new[] { IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged });

    private static GeneratorRunResult Edit(string file, string old, string now)
    {
        var project = Project();
        var driver = Generation.Driver().RunGenerators(project);
        var tree = project.SyntaxTrees.Single(tree => tree.FilePath == file);
        var text = tree.GetText().ToString();
        var at = text.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"'{old}' is not in {file}");
        var edited = tree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(text.Remove(at, old.Length).Insert(at, now)));
        return driver.RunGenerators(project.ReplaceSyntaxTree(tree, edited)).GetRunResult().Results.Single();
    }

    private static CSharpCompilation Project()
    {
        var project = Generation.Compile("");
        return project.RemoveAllSyntaxTrees().AddSyntaxTrees(Generation.Tree(Flow, "Flow.cs"), Generation.Tree(Other, "Other.cs"), Generation.Tree(Unrelated, "Unrelated.cs"), Generation.Tree(Context, "Context.cs"), Generation.Tree(Errors, "Errors.cs"));
    }

    private static List<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step)
    {
        var reasons = result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason).ToList();
        Assert.NotEmpty(reasons);
        return reasons;
    }

    private static List<IncrementalStepRunReason> Outputs(GeneratorRunResult result)
    {
        var reasons = result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(run => run.Outputs).Select(output => output.Reason).ToList();
        Assert.NotEmpty(reasons);
        return reasons;
    }

    private static string Text(GeneratorRunResult result, string hintName) => result.GeneratedSources.Single(source => source.HintName == hintName).SourceText.ToString();
}
