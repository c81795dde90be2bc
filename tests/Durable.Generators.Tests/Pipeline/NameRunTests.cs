namespace Durable.Generators.Tests.Pipeline;

/// <summary>Whatever users call their things and mark them with, what is generated runs, and replays to the same steps.</summary>
public sealed class NameRunTests
{
    [Fact]
    public async Task Keywords_and_types_named_like_those_of_the_framework_run()
        => Assert.Equal(("7", "/int[a]"), await ReplayedRun.OfAsync("""
            namespace Acme.Durable.@event
            {
                public sealed class System { }
                public sealed class Task { public int Id { get; set; } }
                public sealed class String { }
                public sealed class CancellationToken { }
                public sealed partial record class @class
                {
                    [Workflow] public partial global::System.Threading.Tasks.Task<string> @return(Task @event, int @params = 1, string? arguments = null, int workflow = 2);
                    [Step] private partial global::System.Threading.Tasks.Task<Task> @int([StepKey] string @event, int value, int step, Task writer, int @this);
                    private async global::System.Threading.Tasks.Task<string> returnCore(Task @event, int @params, string? arguments, int workflow)
                        => $"{(await @int("a", @params, workflow, @event, 3)).Id}";
                    private Task intCore(string @event, int value, int step, Task writer, int @this) => new() { Id = value + step + @this + writer.Id };
                }
            }
            public static class User { public static WorkflowCall<string> Start() => Acme.Durable.@event.@class.returnCall(new() { Id = 1 }); }
            """));

    [Fact]
    public async Task Types_named_like_what_generated_code_uses_run()
        => Assert.Equal(("3", "/Step"), await ReplayedRun.OfAsync("""
            namespace System.Acme { public sealed class Marker; }
            namespace Acme
            {
                public sealed class Durable { public sealed class CompilerServices; }
                public sealed class Microsoft { }
                public sealed class Nothing { }
                public sealed class DurableModule { }
                public sealed class StepDefinition<T1, T2> { }
                public sealed class WorkflowCall { }
                public sealed partial class Flow
                {
                    public sealed class System { }
                    public sealed class Task { public int Id { get; set; } }
                    private sealed class Definition { }
                    private sealed class Guid { }
                    [Workflow] public partial global::System.Threading.Tasks.Task<string> RunAsync(Task task, global::System.Guid id = default);
                    [Step] private partial global::System.Threading.Tasks.Task<Task> StepAsync(Task task);
                    private async global::System.Threading.Tasks.Task<string> RunAsyncCore(Task task, global::System.Guid id) => $"{(await StepAsync(task)).Id}";
                    private Task StepAsyncCore(Task task) => task;
                }
            }
            public static class User { public static WorkflowCall<string> Start() => Acme.Flow.RunCall(new() { Id = 3 }); }
            """));

    [Fact]
    public async Task Names_with_any_characters_run_and_are_found_again()
        => Assert.Equal(("ä\"{x}", "/schritt%2F%5B1%5D%232 \\ \"ё\"[ä\"{x}]"), await ReplayedRun.OfAsync("""
            namespace Ünï.日本
            {
                public sealed partial class Bestellüng
                {
                    private const string Schritt = @"schritt/[1]#2 \";
                    [Workflow("größe \"a\" \\ {0} \ud83d\ude00 <b> */")] public partial Task<string> ÄndernAsync(string größe = "ä\"{x}");
                    [Step($"{Schritt} \"ё\"")] private partial Task<string> 変更([StepKey] string ключ);
                    private async Task<string> ÄndernAsyncCore(string größe) => await 変更(größe);
                    private string 変更Core(string ключ) => ключ;
                }
            }
            public static class User { public static WorkflowCall<string> Start() => Ünï.日本.Bestellüng.ÄndernCall(); }
            """));

    [Fact]
    public async Task Further_attributes_change_nothing()
        => Assert.Equal(("a x", "/Tick"), await ReplayedRun.OfAsync("""
            using System.ComponentModel;
            using System.Diagnostics;
            using System.Diagnostics.CodeAnalysis;
            [Description("a"), DebuggerStepThrough, ExcludeFromCodeCoverage, Serializable]
            public sealed partial class Flow
            {
                [Workflow, Description("b"), DebuggerStepThrough, EditorBrowsable(EditorBrowsableState.Never)]
                [return: NotNull] public partial Task<string> RunAsync([DisallowNull, Description("c")] string? a);
                [Step, DebuggerStepThrough, DebuggerNonUserCode, DebuggerHidden] private partial Task<string> TickAsync([AllowNull] string a);
                private async Task<string> RunAsyncCore(string? a) => a + " " + await TickAsync("x");
                private string TickAsyncCore(string? a) => a ?? "";
            }
            public static class User { public static WorkflowCall<string> Start() => Flow.RunCall("a"); }
            """));

    [Fact]
    public async Task What_is_obsolete_or_experimental_runs()
        => Assert.Equal(("B tea 1", "/Tick"), await ReplayedRun.OfAsync("""
            #pragma warning disable CS0612, CS0618, ACME1
            using System.Diagnostics.CodeAnalysis;
            [Obsolete] public enum Kind { [Obsolete] A, B }
            [Obsolete("use another")] public sealed record Item([property: Obsolete] string Name, int Count = 1);
            [Experimental("ACME1"), Obsolete] public sealed partial class Flow
            {
                [Workflow, Obsolete] public partial Task<string> RunAsync(Item item, Kind kind = Kind.B);
                [Step, Obsolete] private partial Task<Item> TickAsync(Item item);
                private async Task<string> RunAsyncCore(Item item, Kind kind) { var kept = await TickAsync(item); return $"{kind} {kept.Name} {kept.Count}"; }
                [Obsolete] private Item TickAsyncCore(Item item) => item;
            }
            public static class User { public static WorkflowCall<string> Start() => Flow.RunCall(new("tea")); }
            """));

    [Fact]
    public async Task A_primary_constructor_gives_its_services_to_every_body()
        => Assert.Equal(("Ann: 1 2 5", "/Add /Add#1 /Next"), await ReplayedRun.OfAsync("""
            public sealed class Counter { public int Value { get; set; } }
            public sealed partial class Steps(Counter counter) { [Step("Next")] public partial Task<int> NextAsync(); private int NextAsyncCore() => counter.Value += 3; }
            public abstract class Base(string name) { protected string Name { get; } = name; }
            public sealed partial class Flow(Counter counter, Steps steps, string name = "Ann") : Base(name)
            {
                [Workflow] public partial Task<string> RunAsync();
                [Step] private partial Task<int> AddAsync();
                private async Task<string> RunAsyncCore() => $"{Name}: {await AddAsync()} {await AddAsync()} {await steps.NextAsync()}";
                private int AddAsyncCore() => ++counter.Value;
            }
            public static class User
            {
                public static WorkflowCall<string> Start() => Flow.RunCall();
                public static void Configure(Microsoft.Extensions.DependencyInjection.IServiceCollection services)
                    => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<Counter>(services);
            }
            """));

    [Fact]
    public async Task A_second_Retry_attribute_that_is_imported_runs_as_if_it_were_not_there()
        => Assert.Equal(("1", "/Tick"), await ReplayedRun.OfAsync("""
            using Other;
            namespace Other { [AttributeUsage(AttributeTargets.Method)] public sealed class RetryAttribute : Attribute { public int MaxAttempts { get; set; } } }
            namespace Acme
            {
                public sealed partial class Flow
                {
                    [Workflow] public partial Task<string> RunAsync();
                    [Step, Other.Retry(MaxAttempts = 3)] private partial Task<int> TickAsync();
                    private async Task<string> RunAsyncCore() => $"{await TickAsync()}";
                    private int TickAsyncCore() => 1;
                }
            }
            public static class User { public static WorkflowCall<string> Start() => Acme.Flow.RunCall(); }
            """));
}
