namespace Durable.Generators.Tests.Pipeline;

/// <summary>Every shape of declaration that is allowed compiles without a warning, with all warnings as errors.</summary>
public sealed class ShapeTests
{
    [Fact]
    public void A_static_class_needs_no_instance()
    {
        var generation = Generation.Of("""
            namespace Acme;
            public static partial class Flow
            {
                [Workflow] public static partial Task<int> RunAsync(int x);
                [Step] private static partial Task<int> DoubleAsync(int x);
                [Step] private static partial Task TickAsync();
                private static async Task<int> RunAsyncCore(int x) { await TickAsync(); return await DoubleAsync(x); }
                private static int DoubleAsyncCore(int x) => x * 2;
                private static void TickAsyncCore() { }
            }
            """).Compiles();
        Assert.DoesNotContain("AddService", generation.Files["Durable.Module.g.cs"]);
        Assert.DoesNotContain("GetRequiredService", generation.Files["Acme.Flow.g.cs"]);
    }

    [Fact]
    public void Private_nested_types_are_registered_from_within()
        => Generation.Of("""
            namespace Acme;
            public partial class Outer
            {
                private partial class Middle
                {
                    private sealed partial class Inner
                    {
                        [Workflow] private partial Task RunAsync();
                        private Task RunAsyncCore() => Task.CompletedTask;
                    }
                }
            }
            """).Compiles();

    [Theory]
    [InlineData("partial struct Outer")]
    [InlineData("readonly partial struct Outer")]
    [InlineData("ref partial struct Outer")]
    [InlineData("partial record struct Outer")]
    [InlineData("partial interface Outer")]
    [InlineData("abstract partial record Outer")]
    [InlineData("unsafe partial class Outer")]
    public void A_class_may_stand_in_any_partial_type(string outer)
    {
        var compilation = Generation.Compile($$"""
            namespace Acme;
            public {{outer}}
            {
                internal sealed partial class Flow { [Workflow] public partial Task Run(); private void RunCore() { } }
            }
            """);
        Generation.Of(compilation.WithOptions(compilation.Options.WithAllowUnsafe(true))).Compiles();
    }

    [Fact]
    public void A_body_may_be_synchronous_or_a_value_task_and_take_context_and_token_in_either_order()
        => Generation.Of("""
            namespace Acme;
            public sealed partial class Flow
            {
                [Workflow] public partial ValueTask<string> RunAsync(string a, CancellationToken token = default);
                [Workflow] public partial ValueTask OtherAsync();
                [Step] private partial ValueTask<int> OneAsync(int x, CancellationToken token);
                [Step] private partial ValueTask TwoAsync();
                [Step] private partial Task ThreeAsync(int x);
                [Step] private partial Task<int> FourAsync();
                private ValueTask<string> RunAsyncCore(string a, CancellationToken token, WorkflowContext workflow) => new(a);
                private void OtherAsyncCore(WorkflowContext workflow, CancellationToken token) { }
                private int OneAsyncCore(int x, StepContext step, CancellationToken token) => x;
                private void TwoAsyncCore(CancellationToken token, StepContext step) { }
                private ValueTask ThreeAsyncCore(int x) => default;
                private static Task<int> FourAsyncCore() => Task.FromResult(4);
            }
            """).Compiles();

    [Fact]
    public void Names_that_are_keywords_and_names_of_the_framework_change_nothing()
        => Generation.Of("""
            namespace Acme.Durable.@event
            {
                public sealed class System { }
                public sealed class Task { public int Id { get; set; } }
                public sealed class String { }
                public sealed class CancellationToken { }
                public sealed partial record class @class
                {
                    [Workflow] public partial global::System.Threading.Tasks.Task<Task> @return(Task @event, int @params = 1, string? arguments = null, int workflow = 2);
                    [Step] private partial global::System.Threading.Tasks.Task<Task> @int([StepKey] string @event, int value, int step, Task writer, int @this);
                    private async global::System.Threading.Tasks.Task<Task> returnCore(Task @event, int @params, string? arguments, int workflow)
                        => await @int("a", 1, 2, @event, 3);
                    private Task intCore(string @event, int value, int step, Task writer, int @this) => writer;
                }
            }
            """).Compiles();

    [Fact]
    public void Defaults_stand_on_the_factory_of_calls_too()
    {
        var generation = Generation.Of("""
            namespace Acme;
            public enum Color { Red, Green }
            public sealed partial class Flow
            {
                [Workflow] public partial Task RunAsync(
                    int a = -5, string? b = null, string c = "quo\"te\n", decimal d = 1.50m, double e = double.NaN, float f = 2.5f, char g = '\'', bool h = true,
                    Color i = Color.Green, Color? j = Color.Red, int? k = 7, Guid l = default, long m = long.MinValue, ulong n = 9, byte o = 3, DateTime? p = null, params int[] q);
                private Task RunAsyncCore(int a, string? b, string c, decimal d, double e, float f, char g, bool h, Color i, Color? j, int? k, Guid l, long m, ulong n, byte o, DateTime? p, int[] q) => Task.CompletedTask;
                [Step] private partial Task StepAsync(int a = -5, string? b = null, Color i = Color.Green, Color? j = Color.Red, Guid l = default, byte o = 3, sbyte r = -1, short s = -2);
                private Task StepAsyncCore(int a, string? b, Color i, Color? j, Guid l, byte o, sbyte r, short s) => Task.CompletedTask;
            }
            public static class User { public static WorkflowCall Call() => Flow.RunCall(b: "x"); }
            """).Compiles();
        Assert.Contains("global::Acme.Color i = (global::Acme.Color)(1)", generation.Files["Acme.Flow.g.cs"]);
    }

    [Fact]
    public void Steps_in_a_generic_class_are_registered_open_if_the_class_can_be_named()
    {
        var generation = Generation.Of("""
            namespace Acme;
            public sealed partial class Shared<T> where T : class
            {
                [Step] public partial Task<int> CountAsync(string name);
                private Task<int> CountAsyncCore(string name) => Task.FromResult(name.Length + typeof(T).Name.Length);
                private sealed partial class Hidden { [Step] public partial Task TickAsync(); private void TickAsyncCore() { } }
                public abstract partial class Base { [Step] public partial Task TickAsync(); private void TickAsyncCore() { } }
                public sealed partial class Seen<U> { [Step] public partial Task TickAsync(); private void TickAsyncCore() { } }
            }
            internal partial class Outer { private sealed partial class Inner<T> { [Step] public partial Task TickAsync(); private void TickAsyncCore() { } } }
            """).Compiles();
        var services = generation.Files["Durable.Module.g.cs"].Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("registration.AddOpenService", StringComparison.Ordinal));
        Assert.Equal(
            [
                "registration.AddOpenService(typeof(global::Acme.Shared<>));",
                "registration.AddOpenService(typeof(global::Acme.Shared<>.Seen<>));",
                "registration.AddOpenService(typeof(global::Acme.Outer.Inner<>));",
            ],
            services);
    }

    [Fact]
    public void Overloads_with_names_of_their_own_stand_side_by_side()
        => Generation.Of("""
            namespace Acme;
            public sealed partial class Flow
            {
                [Workflow("one")] public partial Task RunAsync(int x);
                [Workflow("two")] public partial Task RunAsync(string x);
                [Step("a")] private partial Task ChargeAsync(int x);
                [Step("b")] private partial Task ChargeAsync(string x);
                private Task RunAsyncCore(int x) => ChargeAsync(x);
                private Task RunAsyncCore(string x) => ChargeAsync(x);
                private Task ChargeAsyncCore(int x) => Task.CompletedTask;
                private Task ChargeAsyncCore(string x) => Task.CompletedTask;
            }
            """).Compiles();

    [Fact]
    public void Inherited_steps_and_types_that_differ_in_case_or_nesting_get_along()
        => Generation.Of("""
            namespace Acme
            {
                public abstract partial class Base
                {
                    [Step] protected virtual partial Task<int> OneAsync();
                    private Task<int> OneAsyncCore() => Task.FromResult(1);
                }
                public sealed partial class Flow : Base
                {
                    [Step] protected override partial Task<int> OneAsync();
                    [Workflow] public partial Task<int> RunAsync();
                    private async Task<int> RunAsyncCore() => await OneAsync();
                    private Task<int> OneAsyncCore() => Task.FromResult(2);
                }
                public sealed partial class FLOW
                {
                    [Step] public partial Task Tick();
                    private void TickCore() { }
                    public sealed partial class B { [Step] public partial Task Tick(); private void TickCore() { } }
                }
            }
            namespace Acme.flow_ { public sealed partial class B { [Step] public partial Task Tick(); private void TickCore() { } } }
            public sealed partial class Global { [Step] public partial Task Tick(); private void TickCore() { } }
            """).Compiles();

    [Theory]
    [InlineData("Acme-App 1.0")]
    [InlineData("1.class.x")]
    public void Any_assembly_name_gives_a_namespace(string assemblyName)
        => Generation.Of(Samples.Order, assemblyName).Compiles();

    [Fact]
    public void Generated_public_members_are_documented()
    {
        var compilation = Generation.Compile("""
            /// <summary>A flow.</summary>
            public sealed partial class Flow
            {
                /// <summary>Runs.</summary>
                [Workflow("a < b & \"c\"")] public partial Task RunAsync();
                private Task RunAsyncCore() => Task.CompletedTask;
            }
            """);
        var strict = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([]));
        Generation.Of(strict).Compiles();
    }

    [Fact]
    public void A_project_without_declarations_still_has_AddWorkflows()
    {
        var generation = Generation.Of("public static class User { public static DurableBuilder Add(DurableBuilder durable) => durable.AddWorkflows(); }").Compiles();
        Assert.DoesNotContain("Durable.Payloads.g.cs", generation.Files.Keys);
    }

    [Fact]
    public void A_library_that_is_referenced_under_an_alias_alone_is_registered_too()
    {
        var library = Generation.Of("public static partial class Shared { [Step] public static partial Task A(); private static void ACore() { } }", "Library").Compiles().Reference();
        Generation.Of("public static class User { public static DurableBuilder Add(DurableBuilder durable) => durable.AddWorkflows(); }", "Sample", library.WithAliases(["event", "other"])).Compiles();
        Generation.Of("public static class User { public static DurableBuilder Add(DurableBuilder durable) => durable.AddWorkflows(); }", "Sample", library.WithAliases(["other", "global"])).Compiles();
    }

    [Fact]
    public void Tuples_nullables_and_names_with_marks_are_repeated_as_declared()
        => Generation.Of("""
            namespace Acme;
            #nullable disable
            public sealed partial class Oblivious
            {
                [Step] public partial Task<string> Old(string a, List<string> b = null);
                private string OldCore(string a, List<string> b) => a;
            }
            #nullable enable
            public sealed partial class Cafe\u0301
            {
                [Workflow] public partial Task<(int A, List<string?>? B)> Run((string X, int? Y) pair, string?[]? names = null, Dictionary<string, (int, int)[]>? map = null);
                private (int A, List<string?>? B) RunCore((string X, int? Y) pair, string?[]? names, Dictionary<string, (int, int)[]>? map) => (1, null);
                [Step] private partial Task<List<string?>> Step(List<string?> a, int[][] b, IReadOnlyList<KeyValuePair<string, object?>> c);
                private List<string?> StepCore(List<string?> a, int[][] b, IReadOnlyList<KeyValuePair<string, object?>> c) => a;
            }
            """).Compiles();

    [Fact]
    public void What_cannot_be_stored_is_the_payload_rules_to_report()
        => Generation.Of("""
            namespace Acme;
            public sealed partial class Flow
            {
                [Workflow] public partial Task<object> Run(object a, Func<int> b);
                private object RunCore(object a, Func<int> b) => a;
                [Step] private partial Task<System.IO.Stream?> Step(dynamic a, IEnumerable<Task> b, nint c, Exception? d);
                private System.IO.Stream? StepCore(dynamic a, IEnumerable<Task> b, nint c, Exception? d) => null;
            }
            """).Compiles();

    [Fact]
    public void The_result_of_an_inline_step_is_a_payload()
    {
        var generation = Generation.Of("""
            namespace Acme;
            public sealed record Quote(int Price);
            public sealed partial class Flow
            {
                [Workflow] public partial Task<int> RunAsync();
                private async Task<int> RunAsyncCore(WorkflowContext workflow)
                    => (await workflow.StepAsync("quote", _ => Task.FromResult(new Quote(1)))).Price;
            }
            """).Compiles();
        Assert.Contains("global::Acme.Quote", generation.Files["Durable.Payloads.g.cs"]);
    }
}
