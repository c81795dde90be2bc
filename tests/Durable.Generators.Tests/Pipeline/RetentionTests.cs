using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Durable.Generators.Tests.Pipeline;

/// <summary>What the pipeline keeps between two edits holds no symbol, compilation or syntax: an editor would keep every version of the project in memory.</summary>
public sealed class RetentionTests
{
    [Fact]
    public void No_model_reaches_a_symbol_a_compilation_or_syntax()
    {
        var driver = Generation.Driver().RunGenerators(Generation.Compile(Samples.Order));
        var steps = driver.GetRunResult().Results.Single().TrackedSteps;
        var names = typeof(TrackingNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var name in names.Except([TrackingNames.InlineResults]))
        {
            foreach (var (value, _) in steps[name].SelectMany(step => step.Outputs))
                Walk(value, name, seen);
        }

        Assert.True(seen.Count > 100, $"only {seen.Count} objects were looked at");
    }

    [Fact]
    public void The_model_of_an_inline_result_reaches_none_either()
    {
        var compilation = Generation.Compile("""
            public sealed record Quote(int Price);
            public static partial class Flow
            {
                [Workflow] public static partial Task<Quote> RunAsync();
                private static Task<Quote> RunAsyncCore(WorkflowContext workflow) => workflow.StepAsync("quote", _ => Task.FromResult(new Quote(1)));
            }
            """);
        var steps = Generation.Driver().RunGenerators(compilation).GetRunResult().Results.Single().TrackedSteps[TrackingNames.InlineResults];
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var (value, _) in steps.SelectMany(step => step.Outputs))
            Walk(value, TrackingNames.InlineResults, seen);
        Assert.NotEmpty(seen);
    }

    [Fact]
    public void The_model_of_an_error_reaches_none_either()
    {
        var compilation = Generation.Compile("[DurableError] public sealed class GateException(List<int> gates) : Exception { public List<int> Gates { get; } = gates; }");
        var steps = Generation.Driver().RunGenerators(compilation).GetRunResult().Results.Single().TrackedSteps[TrackingNames.Errors];
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var (value, _) in steps.SelectMany(step => step.Outputs))
            Walk(value, TrackingNames.Errors, seen);
        Assert.True(seen.Count > 10, $"only {seen.Count} objects were looked at");
    }

    [Fact]
    public void A_compilation_is_collected_after_the_next_edit()
    {
        var project = Generation.Compile(Samples.Order).AddSyntaxTrees(Generation.Tree("class Unrelated { }", "Unrelated.cs"));
        var (driver, first) = RunOnce(project);
        // Two edits: the driver itself remembers the compilation before.
        for (var edit = 0; edit < 2; edit++)
            driver = driver.RunGenerators(project.ReplaceSyntaxTree(project.SyntaxTrees.Last(), Generation.Tree($"class Unrelated {{ int _{edit}; }}", "Unrelated.cs")));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.All(first, reference => Assert.False(reference.IsAlive, $"{reference.Target?.GetType()} is alive"));
        GC.KeepAlive(driver);
    }

    /// <summary>Runs over a compilation that nobody else holds. Syntax is not watched: the compiler's own pools remember nodes that it walked over; that no model holds any is for the tests above.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (GeneratorDriver Driver, WeakReference[] First) RunOnce(CSharpCompilation project)
    {
        var tree = project.SyntaxTrees.Last();
        var own = tree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From("class Unrelated { int first; }"));
        var compilation = project.ReplaceSyntaxTree(tree, own);
        var driver = Generation.Driver().RunGenerators(compilation);
        var symbol = compilation.GetTypeByMetadataName("Acme.OrderWorkflow")!;
        return (driver, [new WeakReference(compilation), new WeakReference(symbol), new WeakReference(compilation.GetSemanticModel(own))]);
    }

    private static void Walk(object? value, string path, HashSet<object> seen)
    {
        if (value is null or string || value.GetType() is { IsPrimitive: true } or { IsEnum: true } || !seen.Add(value))
            return;
        Assert.False(
            value is ISymbol or Compilation or SyntaxNode or SyntaxTree or SemanticModel or Location or AttributeData or SyntaxReference or Delegate,
            $"{path} holds {value.GetType()}");
        if (value is IEnumerable items and (Array or IImmutableList<object>))
        {
            foreach (var item in items)
                Walk(item, path + "[]", seen);
        }

        for (var type = value.GetType(); type is not null && type != typeof(object); type = type.BaseType)
        {
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                Walk(field.GetValue(value), path + "." + field.Name, seen);
        }
    }
}
