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

    /// <summary>Runs <c>Flow.Start()</c>: its result, and the ids of its steps in order.</summary>
    private static async Task<(string Result, string Steps)> RunAsync(string source)
    {
        var assembly = Generation.Of(source).Compiles().Load();
        var configure = assembly.GetType("Flow")!.GetMethod("Configure");
        await using var host = await GeneratedHost.StartAsync(assembly, durable => configure?.Invoke(null, [durable.Services]));
        var run = await host.Client.StartAsync((WorkflowCall<string>)GeneratedHost.Call(assembly, "Flow", "Start"), "run");
        return (await run.GetResultAsync(), string.Join(" ", (await run.GetCheckpointsAsync()).Select(checkpoint => checkpoint.StepId)));
    }
}
