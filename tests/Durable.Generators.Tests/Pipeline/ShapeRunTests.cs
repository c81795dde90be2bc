namespace Durable.Generators.Tests.Pipeline;

/// <summary>Declarations of every shape at work: each runs to its result and replays to the same steps.</summary>
public sealed class ShapeRunTests
{
    [Theory]
    [InlineData("public")]
    [InlineData("internal")]
    [InlineData("protected")]
    [InlineData("protected internal")]
    [InlineData("private protected")]
    [InlineData("private")]
    public async Task Types_workflows_and_steps_of_any_accessibility_run(string accessibility)
    {
        var (result, steps) = await ReplayedRun.OfAsync($$"""
            public partial class User
            {
                public static WorkflowCall<string> Start() => Flow.Open();
                {{accessibility}} partial class Flow
                {
                    [Workflow] {{accessibility}} partial Task<string> RunAsync(int x);
                    [Step] {{accessibility}} partial Task<int> DoubleAsync(int x);
                    [Step] {{accessibility}} static partial Task<int> HalveAsync(int x);
                    {{accessibility}} async Task<string> RunAsyncCore(int x) => $"{await DoubleAsync(x)} {await HalveAsync(x)}";
                    {{accessibility}} int DoubleAsyncCore(int x) => 2 * x;
                    {{accessibility}} static int HalveAsyncCore(int x) => x / 2;
                    internal static WorkflowCall<string> Open() => RunCall(8);
                }
            }
            """);
        Assert.Equal(("16 4", "/Double /Halve"), (result, steps));
    }

    [Fact]
    public async Task A_record_class_runs_with_what_its_constructor_is_given()
        => Assert.Equal(("Good day Ann", "/Greeter.Greet[Ann]"), await ReplayedRun.OfAsync("""
            public sealed partial record class Greeter(string Word = "Good day") { [Step] public partial Task<string> GreetAsync([StepKey] string name); private string GreetAsyncCore(string name) => Word + " " + name; }
            public partial record Flow(Greeter Greeter)
            {
                [Workflow] public partial Task<string> RunAsync(string name);
                private Task<string> RunAsyncCore(string name) => Greeter.GreetAsync(name);
            }
            public static class User { public static WorkflowCall<string> Start() => Flow.RunCall("Ann"); }
            """));

    [Theory]
    [InlineData("class")]
    [InlineData("struct")]
    [InlineData("interface")]
    [InlineData("record")]
    public async Task A_private_class_deep_inside_other_types_runs(string outer)
        => Assert.Equal(("3", "/Count"), await ReplayedRun.OfAsync($$"""
            namespace Acme
            {
                internal partial {{outer}} Outer
                {
                    public static WorkflowCall<string> Open() => Middle.Open();
                    private static partial class Middle
                    {
                        public static WorkflowCall<string> Open() => Inner.Open();
                        private sealed partial class Inner
                        {
                            [Workflow] private partial Task<string> RunAsync();
                            [Step] private partial Task<int> CountAsync();
                            private async Task<string> RunAsyncCore() => $"{await CountAsync()}";
                            private int CountAsyncCore() => 3;
                            public static WorkflowCall<string> Open() => RunCall();
                        }
                    }
                }
            }
            public static class User { public static WorkflowCall<string> Start() => Acme.Outer.Open(); }
            """));

    [Fact]
    public async Task Steps_in_generic_classes_with_constraints_run()
        => Assert.Equal(("Guid List`1 DayOfWeek", "/Base.Key /Outer.Value[x]"), await ReplayedRun.OfAsync("""
            public abstract partial class Base<TKey, TItem> where TKey : struct, IComparable<TKey>, IEquatable<TKey> where TItem : class?, IEnumerable<int>, new()
            {
                [Step] protected partial Task<string> KeyAsync();
                private string KeyAsyncCore() => default(TKey).GetType().Name + " " + new TItem().GetType().Name;
            }
            public static partial class Outer<T> where T : notnull
            {
                public sealed partial class Values<U> where U : unmanaged, Enum
                {
                    [Step("Outer.Value")] public partial Task<string> ValueAsync([StepKey] string key);
                    private string ValueAsyncCore(string key) => typeof(U).Name;
                }
            }
            public sealed partial class Flow(Outer<string>.Values<DayOfWeek> values) : Base<Guid, List<int>>
            {
                [Workflow] public partial Task<string> RunAsync();
                private async Task<string> RunAsyncCore() => await KeyAsync() + " " + await values.ValueAsync("x");
            }
            public static class User { public static WorkflowCall<string> Start() => Flow.RunCall(); }
            """));

    [Fact]
    public async Task A_class_whose_parts_stand_in_two_files_runs()
    {
        var first = Generation.Compile("namespace Acme; public sealed partial class Flow(Clock clock) { [Workflow] public partial Task<string> RunAsync(int x); private int DoubleAsyncCore(int x) => 2 * x + clock.Hour; }");
        var second = Generation.Tree("""
            using Durable; using System.Threading.Tasks;
            namespace Acme { public sealed class Clock { public int Hour => 1; } partial class Flow { [Step] private partial Task<int> DoubleAsync(int x); private async Task<string> RunAsyncCore(int x) => $"{await DoubleAsync(x)}"; } }
            public static class User
            {
                public static WorkflowCall<string> Start() => Acme.Flow.RunCall(4);
                public static void Configure(Microsoft.Extensions.DependencyInjection.IServiceCollection services)
                    => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<Acme.Clock>(services);
            }
            """, "Other.cs");
        Assert.Equal(("9", "/Double"), await ReplayedRun.OfAsync(Generation.Of(first.AddSyntaxTrees(second))));
    }

    [Fact]
    public async Task Overloads_with_names_of_their_own_run_apart()
        => Assert.Equal(("x! 7!", "/text /number"), await ReplayedRun.OfAsync("""
            public sealed partial class Flow
            {
                [Workflow("one")] public partial Task<string> RunAsync(int x);
                [Workflow("two")] public partial Task<string> RunAsync(string x);
                [Step("number")] private partial Task<string> TellAsync(int x);
                [Step("text")] private partial Task<string> TellAsync(string x);
                private Task<string> RunAsyncCore(int x) => TellAsync(x);
                private async Task<string> RunAsyncCore(string x) => await TellAsync(x) + " " + await TellAsync(7);
                private string TellAsyncCore(int x) => x + "!";
                private string TellAsyncCore(string x) => x + "!";
            }
            public static class User { public static WorkflowCall<string> Start() => Flow.RunCall("x"); }
            """));

    [Fact]
    public async Task Declared_defaults_are_what_the_body_gets()
        => Assert.Equal(
            ("-5||quo\"te\n\\\t\u2028{x}|1.50|0.001|2.5|'|True|Green|Red|7|00000000-0000-0000-0000-000000000000|-9223372036854775808|9|3||0 -1|5", "/Step"),
            await ReplayedRun.OfAsync("""
                public enum Color { Red, Green }
                public sealed partial class Flow
                {
                    [Workflow] public partial Task<string> RunAsync(
                        int a = -5, string? b = null, string c = "quo\"te\n\\\t\u2028{x}", decimal d = 1.50m, double e = 1e-3, float f = 2.5f, char g = '\'', bool h = true,
                        Color i = Color.Green, Color? j = Color.Red, int? k = 7, Guid l = default, long m = long.MinValue, ulong n = 9, byte o = 3, List<int>? p = default, params int[] q);
                    [Step] private partial Task<int> StepAsync(sbyte a = -1, string b = "\u0000abc", Color c = (Color)2);
                    private async Task<string> RunAsyncCore(int a, string? b, string c, decimal d, double e, float f, char g, bool h, Color i, Color? j, int? k, Guid l, long m, ulong n, byte o, List<int>? p, int[] q)
                        => FormattableString.Invariant($"{a}|{b}|{c}|{d}|{e}|{f}|{g}|{h}|{i}|{j}|{k}|{l}|{m}|{n}|{o}|{p}|{q.Length} {a + 4}|{await StepAsync()}");
                    private int StepAsyncCore(sbyte a, string b, Color c) => a + b.Length + (int)c;
                }
                public static class User { public static WorkflowCall<string> Start() => Flow.RunCall(); }
                """));

    [Fact]
    public async Task Tuples_keep_their_names_in_arguments_and_results()
        => Assert.Equal(("ann 7 3 4,5 h 1", "/Weigh /Split[x] /Long"), await ReplayedRun.OfAsync("""
            public sealed partial class Flow
            {
                [Workflow] public partial Task<string> RunAsync((string Name, int? Age) person, List<(int X, int Y)> points, (int, string)? none = null, (int A, int B) last = default);
                [Step] private partial Task<(int Weight, (string Unit, int?) Detail)> WeighAsync((string Name, int? Age) person, int extra);
                [Step] private partial ValueTask<(int First, int Second)[]> SplitAsync([StepKey] string id, IReadOnlyList<(int, int)> points);
                [Step] private partial Task<(int A, int B, int C, int D, int E, int F, int G, string H, Tuple<int> I)> LongAsync();
                private async Task<string> RunAsyncCore((string Name, int? Age) person, List<(int X, int Y)> points, (int, string)? none, (int A, int B) last)
                {
                    var (weight, detail) = await WeighAsync(person, last.B);
                    var pairs = await SplitAsync("x", points);
                    var many = await LongAsync();
                    return $"{person.Name} {weight} {detail.Unit} {pairs[0].First},{pairs[0].Second} {many.H} {many.I.Item1}";
                }
                private (int Weight, (string Unit, int?) Detail) WeighAsyncCore((string Name, int? Age) person, int extra) => (7 + extra, ("3", person.Age));
                private (int First, int Second)[] SplitAsyncCore(string id, IReadOnlyList<(int, int)> points) => [.. points];
                private (int A, int B, int C, int D, int E, int F, int G, string H, Tuple<int> I) LongAsyncCore() => (1, 2, 3, 4, 5, 6, 7, "h", new(1));
            }
            public static class User { public static WorkflowCall<string> Start() => Flow.RunCall(("ann", null), [(4, 5)]); }
            """));

    [Theory]
    [InlineData("private")]
    [InlineData("public")]
    public async Task Derived_values_alone_and_in_tuples_come_back_as_what_they_were(string accessibility)
        => Assert.Equal(("Card 7 Cash Cash", "/Pay /Split"), await ReplayedRun.OfAsync($$"""
            using System.Text.Json.Serialization;
            public sealed partial class Flow
            {
                [JsonDerivedType(typeof(Card), "card"), JsonDerivedType(typeof(Cash), 2)] {{accessibility}} abstract record Payment(int Amount);
                {{accessibility}} sealed record Card(int Amount, string Number) : Payment(Amount);
                {{accessibility}} sealed record Cash(int Amount) : Payment(Amount);
                [Workflow] public partial Task<string> RunAsync(int amount);
                [Step] private partial Task<Payment> PayAsync(Payment payment);
                [Step] private partial Task<(Payment Left, List<Payment> All)> SplitAsync((Payment, int?) payment);
                private async Task<string> RunAsyncCore(int amount)
                {
                    var paid = await PayAsync(new Card(amount, "1"));
                    var (rest, all) = await SplitAsync((paid, null));
                    return $"{paid.GetType().Name} {paid.Amount} {rest.GetType().Name} {all[0].GetType().Name}";
                }
                private Payment PayAsyncCore(Payment payment) => payment;
                private (Payment Left, List<Payment> All) SplitAsyncCore((Payment, int?) payment) => (new Cash(payment.Item1.Amount), [new Cash(1)]);
            }
            public static class User { public static WorkflowCall<string> Start() => Flow.RunCall(7); }
            """));

    [Fact]
    public async Task Params_take_any_number_of_arguments()
        => Assert.Equal(("a,b;;c x", "/Join /Join#1 /Join#2"), await ReplayedRun.OfAsync("""
            public sealed partial class Flow
            {
                [Workflow] public partial Task<string> RunAsync(int x, params string?[] names);
                [Step] private partial Task<string> JoinAsync(params string?[]? parts);
                private async Task<string> RunAsyncCore(int x, string?[] names) => string.Join(";", await JoinAsync(names), await JoinAsync(), await JoinAsync("c x"));
                private string JoinAsyncCore(string?[]? parts) => string.Join(",", parts ?? []);
            }
            public static class User { public static WorkflowCall<string> Start() => Flow.RunCall(1, "a", "b"); }
            """));

    [Fact]
    public async Task Nullable_references_and_values_come_back_as_they_went()
        => Assert.Equal(("- 1 -,b 0 - - 4", "/A /B /A#1 /B#1"), await ReplayedRun.OfAsync("""
            public sealed record Part(string? Text, int? Number, Part? Next = null);
            public sealed partial class Flow
            {
                [Workflow] public partial Task<string> RunAsync(string? a, int? b, List<string?>? c, Dictionary<string, int?>? d = null);
                [Step] private partial Task<Part?> A(Part? part);
                [Step] private partial Task<int?> B(int? number);
                private async Task<string> RunAsyncCore(string? a, int? b, List<string?>? c, Dictionary<string, int?>? d)
                {
                    var text = $"{a ?? "-"} {b} {string.Join(",", c!.Select(x => x ?? "-"))} {(d?.Count).GetValueOrDefault()}";
                    var nothing = await A(null); var none = await B(null);
                    return $"{text} {nothing?.Text ?? "-"} {(await A(new(null, null, new("x", none))))?.Next?.Number?.ToString() ?? "-"} {await B(4)}";
                }
                private Part? ACore(Part? part) => part;
                private int? BCore(int? number) => number;
            }
            public static class User { public static WorkflowCall<string> Start() => Flow.RunCall(null, 1, [null, "b"]); }
            """));

    [Fact]
    public async Task Value_tasks_synchronous_and_expression_bodies_run_with_context_and_token_in_either_order()
        => Assert.Equal(("run 1 2 3 4", "/One /Two /Three /Four /Five"), await ReplayedRun.OfAsync("""
            public sealed partial class Flow
            {
                private int _three;
                [Workflow] public partial ValueTask<string> RunAsync(CancellationToken token = default);
                [Step] private partial ValueTask<int> OneAsync(int x, CancellationToken token);
                [Step] private partial ValueTask TwoAsync();
                [Step] private partial Task ThreeAsync(int x);
                [Step] private static partial Task<int> FourAsync(CancellationToken token = default);
                [Step] private partial ValueTask<int> Five();
                private async ValueTask<string> RunAsyncCore(CancellationToken token, WorkflowContext workflow)
                {
                    var one = await OneAsync(1, token);
                    await TwoAsync();
                    await ThreeAsync(3);
                    return $"{workflow.RunId} {one} 2 {await FourAsync(token) - 1} {await Five()}";
                }
                private int OneAsyncCore(int x, StepContext step, CancellationToken token) => step.IdempotencyToken == default ? 0 : x;
                private void TwoAsyncCore(CancellationToken token, StepContext step) => token.ThrowIfCancellationRequested();
                private ValueTask ThreeAsyncCore(int x) { _three = x; return default; }
                private static Task<int> FourAsyncCore(CancellationToken token) => Task.FromResult(4);
                private async ValueTask<int> FiveCore() { await Task.Yield(); return 4; }
            }
            public static class User { public static WorkflowCall<string> Start() => Flow.RunCall(); }
            """));
}
