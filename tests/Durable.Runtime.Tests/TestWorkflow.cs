using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Durable.CompilerServices;

namespace Durable.Runtime.Tests;

/// <summary>Workflows written as a lambda over inline steps, for tests of the engine that need no generated code.</summary>
internal static class TestWorkflow
{
    private static readonly JsonSerializerOptions s_json = new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    public static WorkflowDefinition<Input, TResult> Define<TResult>(
        string name, Func<WorkflowContext, string, Task<TResult>> body, bool isSequential = false, bool awaitsOnlyDurableWork = false, int version = 1) => new()
    {
        Name = name,
        Version = version,
        Declaration = $"Tests.{name} (Durable.Runtime.Tests)",
        CallFactory = $"Tests.{name}Call",
        IsSequential = isSequential,
        AwaitsOnlyDurableWork = awaitsOnlyDurableWork,
        Json = s_json,
        Body = (_, input, workflow, _) => new ValueTask<TResult>(body(workflow, input.Value)),
        Arguments = Payload<Input>(),
        Result = Payload<TResult>(),
        Fingerprint = static (writer, input) => writer.Text(input.Value),
    };

    public static WorkflowDefinition<Input, TResult> Define<TResult>(string name, Func<WorkflowContext, Task<TResult>> body, bool isSequential = false, bool awaitsOnlyDurableWork = false)
        => Define(name, (workflow, _) => body(workflow), isSequential, awaitsOnlyDurableWork);

    public static WorkflowCall<TResult> Call<TResult>(this WorkflowDefinition<Input, TResult> workflow, string input = "") => workflow.Call(new Input(input));

    public static PayloadType<T> Payload<T>() => new((JsonTypeInfo<T>)s_json.GetTypeInfo(typeof(T)));

    internal sealed record Input(string Value);
}

/// <summary>Registers definitions as a generated module would.</summary>
internal sealed class TestModule(params WorkflowDefinition[] workflows) : DurableModule
{
    public override void Register(DurableRegistration registration)
    {
        foreach (var workflow in workflows)
            registration.AddWorkflow(workflow);
    }
}
