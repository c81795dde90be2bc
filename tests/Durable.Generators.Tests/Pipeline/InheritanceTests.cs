namespace Durable.Generators.Tests.Pipeline;

/// <summary>Classes that derive from one another, at work.</summary>
public sealed class InheritanceTests
{
    [Fact]
    public async Task An_inherited_workflow_runs_in_the_class_that_declares_it_and_an_override_in_the_class_that_overrides()
    {
        var (result, steps) = await RunAsync("""
            public interface IFlow { Task<string> RunAsync(string name); }
            public partial class Base : IFlow
            {
                [Workflow] public virtual partial Task<string> RunAsync(string name);
                [Step] protected virtual partial Task<string> GreetAsync(string name);
                private async Task<string> RunAsyncCore(string name) => await GreetAsync(name) + await ThisAsync();
                protected virtual Task<string> ThisAsync() => Task.FromResult("!");
                private string GreetAsyncCore(string name) => "Hello " + name;
            }
            public sealed partial class Flow : Base
            {
                [Workflow] public override partial Task<string> RunAsync(string name);
                [Step] protected override partial Task<string> GreetAsync(string name);
                private async Task<string> RunAsyncCore(string name) => await GreetAsync(name) + "?";
                private string GreetAsyncCore(string name) => "Good day " + name;
                public static WorkflowCall<string> Start() => RunCall("Ann");
            }
            """);
        Assert.Equal(("Good day Ann?", "/Greet"), (result, steps));
    }

    [Fact]
    public async Task A_class_that_declares_no_workflow_inherits_those_of_its_base()
    {
        var (result, _) = await RunAsync("""
            public partial class Base
            {
                [Workflow] public partial Task<string> RunAsync(string name);
                private Task<string> RunAsyncCore(string name) => Task.FromResult(GetType().Name + " " + name);
            }
            public sealed class Flow : Base { public static WorkflowCall<string> Start() => RunCall("Ann"); }
            """);
        Assert.Equal("Base Ann", result);
    }

    [Fact]
    public async Task A_workflow_calls_the_steps_of_a_generic_base_class()
    {
        var (result, steps) = await RunAsync("""
            public abstract partial class Base<T> where T : class, new()
            {
                [Step("count")] protected partial Task<int> CountAsync(string name);
                [Step] protected static partial Task<string> NameAsync();
                private int CountAsyncCore(string name) => name.Length + new T().ToString()!.Length;
                private static string NameAsyncCore() => typeof(T).Name;
            }
            public sealed partial class Flow : Base<List<int>>
            {
                [Workflow] public partial Task<string> RunAsync(string name);
                private async Task<string> RunAsyncCore(string name) => await NameAsync() + (await CountAsync(name) > 3);
                public static WorkflowCall<string> Start() => RunCall("Ann");
            }
            """);
        Assert.Equal(("List`1True", "/Base.Name /count"), (result, steps));
    }

    [Fact]
    public async Task A_generic_class_of_steps_is_closed_where_it_is_injected()
    {
        var (result, steps) = await RunAsync("""
            public partial class Library
            {
                public sealed partial class Shared<T, U> where T : class where U : struct
                {
                    [Step] public partial Task<string> NameAsync([StepKey] int number);
                    private string NameAsyncCore(int number) => typeof(T).Name + typeof(U).Name + number;
                }
            }
            public sealed partial class Flow(Library.Shared<string, int> one, Library.Shared<Flow, long> two)
            {
                [Workflow] public partial Task<string> RunAsync();
                private async Task<string> RunAsyncCore() => await one.NameAsync(1) + await two.NameAsync(1) + await one.NameAsync(2);
                public static WorkflowCall<string> Start() => RunCall();
            }
            """);
        Assert.Equal(("StringInt321FlowInt641StringInt322", "/Library.Shared.Name[1] /Library.Shared.Name[1]#1 /Library.Shared.Name[2]"), (result, steps));
    }

    [Fact]
    public async Task What_the_application_registers_itself_is_what_runs()
    {
        var (result, _) = await RunAsync("""
            public class Clock { public virtual string Now => "base"; }
            public partial class Base
            {
                protected virtual string Name => "base";
                [Workflow] public partial Task<string> RunAsync();
                private Task<string> RunAsyncCore() => Task.FromResult(Name);
            }
            public sealed class Flow : Base
            {
                protected override string Name => "derived";
                public static WorkflowCall<string> Start() => RunCall();
                public static void Configure(Microsoft.Extensions.DependencyInjection.IServiceCollection services)
                    => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddScoped<Base, Flow>(services);
            }
            """);
        Assert.Equal("derived", result);
    }

    [Fact]
    public async Task Sealed_overrides_hidden_steps_and_interfaces_run_what_the_language_says()
    {
        var (result, steps) = await RunAsync("""
            public interface IFlow<in TIn, TOut> { Task<TOut> RunAsync(TIn name); }
            public interface ICounter { Task<int> CountAsync(); ValueTask<string> EndAsync(string mark = "?"); }
            public abstract partial class Root
            {
                [Step] protected internal virtual partial Task<string> GreetAsync(string name);
                [Step] public partial Task<string> HideAsync();
                protected virtual string GreetAsyncCore(string name) => "root " + name;
                private string HideAsyncCore() => "root";
            }
            public abstract partial class Middle : Root, ICounter
            {
                [Step] protected internal sealed override partial Task<string> GreetAsync(string name);
                [Step("hidden")] public new partial Task<string> HideAsync();
                [Step] public virtual partial Task<int> CountAsync();
                [Step] public partial ValueTask<string> EndAsync(string mark = "!");
                protected override string GreetAsyncCore(string name) => "middle " + name;
                private string HideAsyncCore() => "middle";
                private int CountAsyncCore() => 1;
                private string EndAsyncCore(string mark) => mark;
            }
            public sealed partial class Flow : Middle, IFlow<string, string>
            {
                [Workflow] public partial Task<string> RunAsync(string name);
                private async Task<string> RunAsyncCore(string name)
                {
                    Root root = this;
                    ICounter counter = this;
                    return $"{await GreetAsync(name)} {await HideAsync()} {await root.HideAsync()} {await counter.CountAsync()} {await EndAsync()} {await counter.EndAsync()}";
                }
                protected override string GreetAsyncCore(string name) => "flow " + name;
                public static WorkflowCall<string> Start() => RunCall("Ann");
            }
            """);
        Assert.Equal(("flow Ann middle root 1 ! ?", "/Middle.Greet /hidden /Root.Hide /Middle.Count /Middle.End /Middle.End#1"), (result, steps));
    }

    private static Task<(string Result, string Steps)> RunAsync(string source) => ReplayedRun.OfAsync(Generation.Of(source), "Flow");
}
