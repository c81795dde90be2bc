using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Durable.CompilerServices;

namespace Durable.TestKit.Workflows;

/// <summary>Workflows written as a lambda over inline steps, for tests that need no generated code.</summary>
public static class TestWorkflow
{
    public static readonly JsonSerializerOptions Json = new() { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };

    public static WorkflowDefinition<Input, TResult> Define<TResult>(
        string name, Func<WorkflowContext, string, Task<TResult>> body, bool isSequential = false, bool awaitsOnlyDurableWork = false, int version = 1, params StepDefinition[] steps) => new()
    {
        Name = name,
        Version = version,
        Declaration = $"Tests.{name} (Durable.Runtime.Tests)",
        CallFactory = $"Tests.{name}Call",
        IsSequential = isSequential,
        AwaitsOnlyDurableWork = awaitsOnlyDurableWork,
        Json = Json,
        Steps = () => steps,
        Body = (_, input, workflow, _) => new ValueTask<TResult>(body(workflow, input.Value)),
        Arguments = Payload<Input>(),
        Result = Payload<TResult>(),
    };

    public static WorkflowDefinition<Input, TResult> Define<TResult>(string name, Func<WorkflowContext, Task<TResult>> body, bool isSequential = false, bool awaitsOnlyDurableWork = false, params StepDefinition[] steps)
        => Define(name, (workflow, _) => body(workflow), isSequential, awaitsOnlyDurableWork, steps: steps);

    public static WorkflowCall<TResult> Call<TResult>(this WorkflowDefinition<Input, TResult> workflow, string input = "") => workflow.Call(new Input(input));

    public static PayloadType<T> Payload<T>() => new((JsonTypeInfo<T>)Json.GetTypeInfo(typeof(T)));

    public sealed record Input(string Value);
}
