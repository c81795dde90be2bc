using Durable.Code;
using Durable.Generators.Model;

namespace Durable.Generators.Emission;

/// <summary>Writes a workflow: its half, the factory of calls, and its definition.</summary>
internal static class WorkflowEmitter
{
    public static void EmitHalf(CodeWriter writer, DeclarationModel declaration, WorkflowModel workflow)
    {
        var arguments = NewArguments(workflow);
        HalfEmitter.Emit(writer, declaration.Method, workflow.Returns, $"{Names.Calls}.WorkflowAsync({Names.Definitions}.{workflow.DefinitionName}, {arguments}, {BodyText.Token(workflow)})");
        EmitFactory(writer, workflow, arguments);
    }

    public static void EmitDefinition(CodeWriter writer, ContainerModel container, WorkflowModel workflow, IReadOnlyList<StepModel> steps)
    {
        writer.Open($"internal static readonly {Names.Services}WorkflowDefinition<{workflow.ArgumentsType.FullName}, {BodyText.Result(workflow)}> {workflow.DefinitionName} = new()");
        writer.Line($"Name = {CodeText.Literal(workflow.Name)},");
        writer.Line($"Version = {workflow.Version},");
        writer.Line($"Declaration = {CodeText.Literal(workflow.Declaration)},");
        writer.Line($"CallFactory = {CodeText.Literal(workflow.CallFactory)},");
        if (workflow.IsSequential)
            writer.Line("IsSequential = true,");
        if (workflow.AwaitsOnlyDurableWork)
            writer.Line("AwaitsOnlyDurableWork = true,");
        RetryEmitter.Emit(writer, workflow);
        if (steps.Count > 0)
            writer.Line($"Steps = static () => [{string.Join(", ", steps.Select(step => step.DefinitionName))}],");
        writer.Line($"Json = {BodyText.Json(container)}.Options,");
        writer.Line($"Body = {Names.StepThrough} static (services, arguments, workflow, cancellationToken) => {Body(container, workflow)},");
        writer.Line($"Arguments = {BodyText.Payload(container, workflow.ArgumentsType.FullName, workflow.ArgumentsType.Payload)},");
        writer.Line($"Result = {BodyText.ResultPayload(workflow, container)},");
        if (BodyText.Fingerprinted(workflow).Count == 0)
            writer.Line("IsFingerprinted = false,");
        writer.Close("};");
    }

    private static string Body(ContainerModel container, WorkflowModel workflow)
    {
        var instance = $"global::Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<{container.FullName}>(services)";
        return BodyText.Call(workflow, instance, container, workflow.Arguments.Select(argument => "arguments." + argument.Signature.Identifier), "workflow");
    }

    private static string NewArguments(WorkflowModel workflow)
    {
        var values = workflow.Arguments.Select(argument => argument.Signature.Identifier);
        return $"new {workflow.ArgumentsType.FullName}({string.Join(", ", values)})";
    }

    private static void EmitFactory(CodeWriter writer, WorkflowModel workflow, string arguments)
    {
        var parameters = workflow.Arguments.Select(argument => HalfEmitter.Parameters([argument.Signature]) + (argument.Default is { } value ? " = " + value : ""));
        var result = workflow.Result is { } type ? $"<{type.Type}>" : "";
        writer.Line();
        writer.Line($"/// <summary>A call of the workflow '{CodeText.Xml(workflow.Name)}', which a client starts. The arguments are serialized at once.</summary>");
        writer.Line(Names.GeneratedCode);
        writer.Line(Names.StepThrough);
        if (workflow.Obsolete is { } obsolete)
            writer.Line(obsolete);
        writer.Line($"{workflow.CallModifiers} global::Durable.WorkflowCall{result} {workflow.CallName}({string.Join(", ", parameters)})");
        writer.Continue($"=> {Names.Definitions}.{workflow.DefinitionName}.Call({arguments});");
    }
}
