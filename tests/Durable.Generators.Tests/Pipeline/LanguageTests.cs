using Microsoft.CodeAnalysis.CSharp;

namespace Durable.Generators.Tests.Pipeline;

/// <summary>Whatever version of the language a project is written in, and whatever its code calls its own types, generated code compiles without a warning.</summary>
public sealed class LanguageTests
{
    [Theory]
    [InlineData(LanguageVersion.CSharp12)]
    [InlineData(LanguageVersion.CSharp13)]
    [InlineData(LanguageVersion.Preview)] // 14, which this version of the compiler knows by no other name.
    public void Generated_code_is_written_in_CSharp_12(LanguageVersion version)
    {
        Generation.Of(Samples.Order, version).Compiles();
        Generation.Of("""
            namespace Acme;
            public enum Size { Small, Large }
            public sealed record Line(string Name, int Count, Size? Size = null);
            public sealed class Cart { public required string Owner { get; init; } public List<Line> Lines { get; } = []; public HashSet<int>? Marks { get; set; } }
            public partial class Outer<TKey> where TKey : notnull
            {
                public abstract partial class Shared<T> where T : class?, new()
                {
                    [Step, StepAlias("old")] public partial Task<Dictionary<string, Line[]>> SortAsync([StepKey] Size size, Cart cart, params int[] marks);
                    private Dictionary<string, Line[]> SortAsyncCore(Size size, Cart cart, int[] marks) => [];
                }
            }
            public static partial class Flow
            {
                [Workflow] internal static partial ValueTask<Cart?> RunAsync(Cart? cart = null, int field = 1, string[]? scoped = null, CancellationToken token = default);
                private static Cart? RunAsyncCore(Cart? cart, int field, string[]? scoped, CancellationToken token) => cart;
            }
            """, version).Compiles();
    }

    [Fact]
    public void Types_of_the_user_may_have_the_names_that_generated_code_uses()
        => Generation.Of("""
            namespace System.Acme { public sealed class Marker; }
            namespace Acme
            {
                #pragma warning disable CS8981
                public static class global { }
                #pragma warning restore CS8981
                public sealed class Durable { public sealed class CompilerServices; }
                public sealed class Microsoft { }
                public sealed class Nothing { }
                public sealed class DurableModule { }
                public sealed class DurableJson { }
                public sealed class DurableRegistration { }
                public sealed class StepDefinition<T1, T2> { }
                public sealed class WorkflowCall { }
                public sealed class GeneratedCodeAttribute : Attribute { }
                public sealed class DebuggerStepThroughAttribute : Attribute { }
                public sealed partial class Flow
                {
                    public sealed class System { }
                    public sealed class Task { public int Id { get; set; } }
                    private sealed class Definition { }
                    private sealed class Guid { }
                    [Workflow] public partial global::System.Threading.Tasks.Task<Task> RunAsync(Task task, global::System.Guid id = default);
                    [Step] private partial global::System.Threading.Tasks.Task<Task> StepAsync(Task task);
                    private async global::System.Threading.Tasks.Task<Task> RunAsyncCore(Task task, global::System.Guid id) => await StepAsync(task);
                    private Task StepAsyncCore(Task task) => task;
                }
            }
            """).Compiles();

    [Fact]
    public void Types_outside_all_namespaces_may_have_the_names_of_the_classes_that_store_them()
        => Generation.Of("""
            public sealed record DurablePayloads(int N);
            public sealed record DurableJson(int N);
            public sealed record DurableFingerprints(int N);
            public sealed partial class Flow
            {
                [Workflow] public partial Task<DurablePayloads> RunAsync(DurableJson a, DurableFingerprints b);
                private DurablePayloads RunAsyncCore(DurableJson a, DurableFingerprints b) => new(a.N + b.N);
            }
            """).Compiles();

    [Fact]
    public void A_parameter_may_have_the_name_of_the_class_of_arguments()
        => Generation.Of("public partial class Flow { [Workflow] public partial Task RunAsync(int __RunAsync, int RunAsync); private void RunAsyncCore(int a, int b) { } }").Compiles();

    [Theory]
    [InlineData("unsafe partial class Flow", "")]
    [InlineData("partial class Flow", "unsafe ")]
    public void What_holds_pointers_is_the_payload_rules_to_report(string type, string modifier)
        => Generation.Of($$"""
            public {{type}}
            {
                [Workflow] public {{modifier}}partial Task RunAsync(int*[] a);
                [Step] public {{modifier}}partial Task<List<int*[]>> StepAsync(delegate*<int>[] a);
                private {{modifier}}void RunAsyncCore(int*[] a) { }
                private {{modifier}}List<int*[]> StepAsyncCore(delegate*<int>[] a) => [];
            }
            """).Compiles();

    [Theory]
    [InlineData("Durable")]
    [InlineData("System")]
    [InlineData("Microsoft")]
    public void Types_and_members_may_have_the_names_of_namespaces(string name)
        => Generation.Of($$"""
            namespace Acme { public sealed class {{name}} { } public sealed class Holder { public sealed record {{name}}(int N); } }
            namespace Acme.Orders
            {
                public sealed partial class Flow
                {
                    private int {{name}} => 1;
                    [Workflow] public partial Task<Holder.{{name}}> RunAsync(Holder.{{name}} item);
                    [Step] private partial Task<int> TickAsync([StepKey] string key);
                    private async Task<Holder.{{name}}> RunAsyncCore(Holder.{{name}} item, WorkflowContext workflow) => item with { N = await TickAsync("a") };
                    private int TickAsyncCore(string key) => {{name}};
                }
            }
            """).Compiles();

    // By the rules of C#, a namespace whose name a type of the compilation has cannot be reached, not even from global:: on.
    [Theory]
    [InlineData("Durable", "CS0101")]
    [InlineData("Microsoft", "CS0101")]
    [InlineData("System", "CS0138")]
    public void A_type_outside_all_namespaces_that_has_the_name_of_one_is_the_compilers_to_report(string name, string id)
        => Assert.Contains(Generation.Of($"public sealed class {name} {{ }}").Diagnostics, diagnostic => diagnostic.Id == id && diagnostic.Location.SourceTree!.FilePath == "Sample.cs" && diagnostic.GetMessage(null).Contains($"'{name}'", StringComparison.Ordinal));

    [Fact]
    public void A_second_Retry_attribute_that_is_imported_is_the_users_affair()
        => Generation.Of("""
            using Other;
            namespace Other { [AttributeUsage(AttributeTargets.Method)] public sealed class RetryAttribute : Attribute { public int MaxAttempts { get; set; } } }
            namespace Acme
            {
                public sealed partial class Flow
                {
                    [Workflow] public partial Task RunAsync();
                    [Step, Other.Retry(MaxAttempts = 3)] private partial Task TickAsync();
                    private Task RunAsyncCore() => TickAsync();
                    private void TickAsyncCore() { }
                }
            }
            """).Compiles();

    [Fact]
    public void Further_attributes_of_a_declaration_are_not_repeated()
        => Generation.Of("""
            using System.ComponentModel;
            using System.Diagnostics;
            using System.Diagnostics.CodeAnalysis;
            namespace Acme;
            [Description("a"), DebuggerStepThrough, ExcludeFromCodeCoverage]
            public sealed partial class Flow
            {
                [Workflow, Description("b"), DebuggerStepThrough, EditorBrowsable(EditorBrowsableState.Never)]
                [return: NotNull] public partial Task<string> RunAsync([DisallowNull, Description("c")] string? a);
                [Step, DebuggerStepThrough, DebuggerNonUserCode, DebuggerHidden] private partial Task TickAsync([AllowNull] string a);
                private async Task<string> RunAsyncCore(string? a) { await TickAsync("x"); return a ?? ""; }
                private void TickAsyncCore(string? a) { }
            }
            """).Compiles();

    [Fact]
    public void Attributes_that_the_generated_half_has_as_well_are_left_to_the_user()
        => Generation.Of("""
            using System.CodeDom.Compiler;
            using System.ComponentModel;
            using System.Diagnostics;
            namespace Acme;
            [GeneratedCode("other", "1"), DebuggerStepThrough, EditorBrowsable(EditorBrowsableState.Never)]
            public sealed partial class Flow
            {
                #pragma warning disable CS0618
                [GeneratedCode("other", "1"), DebuggerStepThrough, EditorBrowsable(EditorBrowsableState.Never), Obsolete("a")]
                [Workflow] public partial Task RunAsync(int n);
                [Step, GeneratedCode(null, null)] private partial Task TickAsync();
                [GeneratedCode("other", "1")] private Task RunAsyncCore(int n) => TickAsync();
                [DebuggerStepThrough] private void TickAsyncCore() { }
            }
            """).Compiles();

    [Fact]
    public void What_is_obsolete_or_experimental_is_used_without_a_warning()
        => Generation.Of("""
            #pragma warning disable CS0612, CS0618, ACME1, ACME2
            using System.Diagnostics.CodeAnalysis;
            namespace Acme;
            [Obsolete] public enum Kind { [Obsolete] A, B }
            [Obsolete("use another")] public sealed record Item([property: Obsolete] string Name, [property: Obsolete("gone", true)] int Count = 1);
            public sealed class Mutable { [Obsolete("gone", true)] public int Old { get; set; } public int New { get; set; } }
            [Experimental("ACME1")] public sealed record Trial(int X);
            [Obsolete] public sealed partial class Flow
            {
                [Workflow, Obsolete] public partial Task<Item> RunAsync(Item item, Kind kind = Kind.A);
                [Step, Obsolete("call no more", true)] private partial Task<Mutable> TickAsync(Item item);
                private Task<Item> RunAsyncCore(Item item, Kind kind) => Task.FromResult(item);
                [Obsolete] private Mutable TickAsyncCore(Item item) => new();
            }
            [Experimental("ACME2")] public sealed partial class Other
            {
                [Workflow, Experimental("ACME1")] public partial Task<Trial> RunAsync(Trial item);
                private Task<Trial> RunAsyncCore(Trial item) => Task.FromResult(item);
            }
            [Obsolete("gone", true)] public sealed partial class Gone
            {
                [Workflow] public partial Task RunAsync();
                private void RunAsyncCore() { }
            }
            [Obsolete("gone", true)] public static partial class Past
            {
                public sealed record Item(string Name);
                [Workflow] public static partial Task RunAsync(Item item);
                private static void RunAsyncCore(Item item) { }
                public sealed partial class Inner { [Step] private partial Task RunAsync(); private void RunAsyncCore() { } }
            }
            """).Compiles();

    [Fact]
    public void Names_may_hold_any_character()
    {
        var generation = Generation.Of("""
            namespace Ünï.日本;
            public sealed partial class Bestellüng
            {
                [Workflow("größe \"a\" \\ {0} \u2028 \0 \ud83d\ude00 <b> */")] public partial Task<string> ÄndernAsync(string größe = "ä\"\u2028\\\0{x}");
                [Step("schritt/\t[1]#2\r\n")] private partial Task<string> 変更([StepKey] string ключ);
                private async Task<string> ÄndernAsyncCore(string größe) => await 変更(größe);
                private string 変更Core(string ключ) => ключ;
            }
            """).Compiles();
        Assert.Contains("Ünï.日本.Bestellüng.g.cs", generation.Files.Keys);
    }

    [Fact]
    public void Every_accessibility_is_repeated()
        => Generation.Of("""
            namespace Acme;
            public partial class Outer
            {
                protected internal partial class Flow
                {
                    [Workflow("1")] public partial Task A(); [Workflow("2")] internal partial Task B(); [Workflow("3")] protected partial Task C();
                    [Workflow("4")] private protected partial Task D(); [Workflow("5")] protected internal partial Task E(); [Workflow("6")] private partial Task F();
                    [Step] public partial Task G(); [Step] internal static partial Task H(); [Step] protected partial Task I();
                    [Step] private protected partial Task J(); [Step] protected internal static partial Task K(); [Step] private partial Task L();
                    private void ACore() { } protected virtual void BCore() { } internal static void CCore() { } public Task DCore() => G(); private Task ECore() => H(); private Task FCore() => I();
                    private void GCore() { } private static void HCore() { } private void ICore() { } private void JCore() { } private static void KCore() { } private void LCore() { }
                }
            }
            """).Compiles();

    [Fact]
    public void Partial_parts_in_several_files_are_one_type()
    {
        var compilation = Generation.Compile("namespace Acme; public sealed partial class Flow(int start) { [Workflow] public partial Task<int> RunAsync(); private int DoubleAsyncCore(int x) => x * start; }");
        var second = Generation.Tree("using Durable; using System.Threading.Tasks; namespace Acme { partial class Flow { [Step] private partial Task<int> DoubleAsync(int x); private async Task<int> RunAsyncCore() => await DoubleAsync(1); } }", "Other.cs");
        Assert.Single(Generation.Of(compilation.AddSyntaxTrees(second)).Compiles().Files.Keys, "Acme.Flow.g.cs");
    }
}
