using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Durable.Generators.Tests.Pipeline;

/// <summary>What the generator remembers of the edit before is what it would read again: after an edit of another file, a driver that goes on writes what a new one writes.</summary>
public sealed class RememberedTests
{
    private const string Flow = """
        using System.Threading.Tasks;
        using Durable;
        namespace Acme;
        public sealed partial class Flow
        {
            [Workflow] public partial Task<Item> RunAsync(Item item, Kind kind = Kind.B, int times = Names.Times);
            [Step(Names.Step)] private partial Task<Short> TickAsync([StepKey] Key key);
            private async Task<Item> RunAsyncCore(Item item, Kind kind, int times) { await TickAsync(default!); await Other.WaitAsync(); return item; }
        }
        """;

    private const string Rest = """
        global using Short = int;
        global using Key = string;
        using System;
        using System.Threading.Tasks;
        namespace Acme;
        public enum Kind { A, B }
        public static class Names { public const string Step = "tick"; public const int Times = 2; }
        public sealed record Item(string Name) { public int Count { get; init; } = 3; public int Both => 1; }
        public static class Other
        {
            public static Task WaitAsync() => Task.CompletedTask;
            public static async Task<int> FarAsync() { await Task.Yield(); return 1; }
        }
        partial class Flow { private Short TickAsyncCore(Key key) => default!; }
        """;

    [Theory]
    [InlineData("\"tick\"", "\"tock\"")]
    [InlineData("Times = 2", "Times = 3")]
    [InlineData("Short = int", "Short = long")]
    [InlineData("Key = string", "Key = System.Guid")]
    [InlineData("{ A, B }", "{ B, A }")]
    [InlineData("string Name", "int Name")]
    [InlineData("init; } = 3;", "init; } = 4;")]
    [InlineData("=> Task.CompletedTask;", "=> FarAsync();")]
    [InlineData("public static Task WaitAsync() => Task.CompletedTask;", "public static async Task WaitAsync() { await Task.Yield(); }")]
    [InlineData("private Short TickAsyncCore(Key key) => default!;", "private static Task<Short> TickAsyncCore(Key key) => default!;")]
    [InlineData("private Short TickAsyncCore(Key key) => default!;", "")]
    [InlineData("partial class Flow {", "[System.Obsolete] partial class Flow { public int RunCall(Item item, Kind kind, int times) => 1;")]
    [InlineData("namespace Acme;", "namespace Acme; public interface Task<T>;")]
    public void An_edit_elsewhere_that_matters_is_noticed(string old, string now)
    {
        Assert.Contains(old, Rest);
        var project = Project(Flow, Rest);
        var driver = Generation.Driver().RunGenerators(project);
        var before = Text(driver);
        var tree = project.SyntaxTrees.Last();
        var edited = project.ReplaceSyntaxTree(tree, tree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(Rest.Replace(old, now))));
        var after = Text(driver.RunGenerators(edited));
        Assert.Equal(Text(Generation.Driver().RunGenerators(Project(Flow, Rest.Replace(old, now)))), after);
        Assert.NotEqual(before, after);
    }

    [Theory]
    [InlineData("[assembly: Durable.DurableJsonContext(typeof(Acme.Json))]", "")]
    [InlineData("[JsonSerializable(typeof(Basket))]", "[JsonSerializable(typeof(Item))]")]
    [InlineData("[JsonSerializable(typeof(Basket))]", "[JsonSerializable(typeof(Basket)), JsonSerializable(typeof(Item))]")]
    [InlineData("[JsonSerializable(typeof(Basket))]", "[JsonSerializable(typeof(Basket)), JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]")]
    [InlineData("partial class Json", "partial class Other { } partial class Json")]
    [InlineData("internal sealed partial class Json", "internal abstract partial class Json")]
    public void An_edit_of_a_context_elsewhere_is_noticed_both_ways(string old, string now)
    {
        const string Taking = """
            using System.Threading.Tasks;
            using Durable;
            namespace Acme;
            public static partial class Taking
            {
                [Workflow] public static partial Task<Item> RunAsync(Basket basket);
                private static async Task<Item> RunAsyncCore(Basket basket, WorkflowContext workflow) => (await workflow.StepAsync("take", _ => Task.FromResult(basket)))[0];
            }
            public sealed class Basket : System.Collections.Generic.List<Item> { }
            public sealed record Item(string Name);
            """;
        const string Context = """
            using System.Text.Json.Serialization;
            [assembly: Durable.DurableJsonContext(typeof(Acme.Json))]
            namespace Acme;
            [JsonSerializable(typeof(Basket))] internal sealed partial class Json : JsonSerializerContext;
            """;
        var edited = Context.Replace(old, now);
        Assert.NotEqual(Context, edited);
        foreach (var (from, to) in new[] { (Context, edited), (edited, Context) })
        {
            var project = Project(Taking, from);
            var tree = project.SyntaxTrees.Last();
            var after = project.ReplaceSyntaxTree(tree, tree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(to)));
            var driver = Generation.Driver().RunGenerators(project);
            Assert.Equal(Text(Generation.Driver().RunGenerators(Project(Taking, to))), Text(driver.RunGenerators(after)));
            Assert.Equal(Text(Generation.Driver().RunGenerators(Project(Taking, from))), Text(driver));
        }

        Assert.NotEqual(Text(Generation.Driver().RunGenerators(Project(Taking, Context))), Text(Generation.Driver().RunGenerators(Project(Taking, edited))));
    }

    [Theory]
    [InlineData("[assembly: Durable.PayloadSerializer(typeof(Acme.ItemSerializer))]", "")]
    [InlineData("PayloadSerializer<Item>", "PayloadSerializer<Basket>")]
    [InlineData("sealed class ItemSerializer", "abstract class ItemSerializer")]
    [InlineData("public sealed record Basket(Item Item);", "[Durable.PayloadSerializer(typeof(Other))] public sealed record Basket(Item Item); public sealed class Other : Serializer<Basket>;")]
    [InlineData("public sealed record Item(string Name);", "public sealed record Item([Durable.Sensitive] string Name);")]
    public void An_edit_of_a_serializer_or_mark_elsewhere_is_noticed_both_ways(string old, string now)
    {
        const string Taking = """
            using System.Threading.Tasks;
            using Durable;
            namespace Acme;
            public static partial class Taking
            {
                [Workflow] public static partial Task<Item> RunAsync(Basket basket);
                [Step, PayloadSerializer(typeof(ResultSerializer))] private static partial Task<Item> TakeAsync();
                private static async Task<Item> RunAsyncCore(Basket basket, WorkflowContext workflow) => await workflow.StepAsync("take", _ => Task.FromResult(basket.Item));
                private static Item TakeAsyncCore() => new("");
            }
            """;
        const string Types = """
            using Durable;
            [assembly: Durable.PayloadSerializer(typeof(Acme.ItemSerializer))]
            namespace Acme;
            public sealed record Basket(Item Item);
            public sealed record Item(string Name);
            public abstract class Serializer<T> : PayloadSerializer<T>
            {
                public override void Write(T value, System.Buffers.IBufferWriter<byte> payload) { }
                public override T Read(System.ReadOnlySpan<byte> payload) => throw new System.FormatException();
            }
            public sealed class ItemSerializer : PayloadSerializer<Item>
            {
                public override void Write(Item value, System.Buffers.IBufferWriter<byte> payload) { }
                public override Item Read(System.ReadOnlySpan<byte> payload) => new("");
            }
            public sealed class ResultSerializer : Serializer<Item>;
            """;
        var edited = Types.Replace(old, now);
        Assert.NotEqual(Types, edited);
        foreach (var (from, to) in new[] { (Types, edited), (edited, Types) })
        {
            var project = Project(Taking, from);
            var tree = project.SyntaxTrees.Last();
            var after = project.ReplaceSyntaxTree(tree, tree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(to)));
            var driver = Generation.Driver().RunGenerators(project);
            Assert.Equal(Text(Generation.Driver().RunGenerators(Project(Taking, to))), Text(driver.RunGenerators(after)));
        }

        Assert.NotEqual(Text(Generation.Driver().RunGenerators(Project(Taking, Types))), Text(Generation.Driver().RunGenerators(Project(Taking, edited))));
    }

    [Fact]
    public void A_body_that_a_body_elsewhere_reaches_is_noticed_too()
    {
        var rest = Rest.Replace("=> Task.CompletedTask;", "=> Deep.Async();");
        var deep = "using System.Threading.Tasks; namespace Acme; public static class Deep { public static Task Async() => Task.CompletedTask; }";
        var project = Project(Flow, rest, deep);
        var driver = Generation.Driver().RunGenerators(project);
        Assert.Contains("AwaitsOnlyDurableWork", Text(driver));
        var tree = project.SyntaxTrees.Last();
        var edited = project.ReplaceSyntaxTree(tree, tree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(deep.Replace("Task.CompletedTask", "Task.Delay(1)"))));
        Assert.DoesNotContain("AwaitsOnlyDurableWork", Text(driver.RunGenerators(edited)));
    }

    [Fact]
    public void Another_name_of_the_assembly_and_other_options_are_noticed()
    {
        var project = Project(Flow, Rest);
        var driver = Generation.Driver().RunGenerators(project);
        Assert.Contains("Durable.Generated.Renamed", Text(driver.RunGenerators(project.WithAssemblyName("Renamed"))));
        var oblivious = project.WithOptions(project.Options.WithNullableContextOptions(NullableContextOptions.Disable));
        Assert.Equal(Text(Generation.Driver().RunGenerators(Project(Flow, Rest).WithOptions(oblivious.Options))), Text(driver.RunGenerators(oblivious)));
    }

    [Fact]
    public void A_directive_within_a_body_counts_as_what_follows_it()
    {
        var rest = Rest.Replace("await Task.Yield(); return 1;", "\n#nullable enable\nawait Task.Yield(); return 1;").Replace("partial class Flow {", "public sealed partial class Late { [Durable.Step] public partial Task RunAsync(string a); private void RunAsyncCore(string a) { } }\npartial class Flow {");
        var changed = rest.Replace("#nullable enable", "#nullable disable");
        var project = Project(Flow, rest);
        var driver = Generation.Driver().RunGenerators(project);
        var tree = project.SyntaxTrees.Last();
        var after = Text(driver.RunGenerators(project.ReplaceSyntaxTree(tree, tree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(changed)))));
        Assert.Equal(Text(Generation.Driver().RunGenerators(Project(Flow, changed))), after);
    }

    private static CSharpCompilation Project(params string[] files)
        => Generation.Compile("").RemoveAllSyntaxTrees().AddSyntaxTrees([.. files.Select((text, i) => Generation.Tree(text, $"File{i}.cs"))]);

    private static string Text(GeneratorDriver driver)
        => string.Join("\n", driver.GetRunResult().Results.Single().GeneratedSources.OrderBy(source => source.HintName, StringComparer.Ordinal).Select(source => source.HintName + "\n" + source.SourceText));
}
