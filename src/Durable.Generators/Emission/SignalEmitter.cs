using Durable.Code;
using Durable.Generators.Model;

namespace Durable.Generators.Emission;

/// <summary>Writes a signal: the half that waits, the factory of what is sent, and its definition.</summary>
internal static class SignalEmitter
{
    public static void EmitHalf(CodeWriter writer, DeclarationModel declaration, SignalModel signal)
    {
        var definition = $"{Names.Definitions}.{signal.DefinitionName}";
        HalfEmitter.Emit(writer, declaration.Method, signal.Returns, $"{Names.Calls}.WaitForSignalAsync({definition}{(signal.Timeout is { } timeout ? ", " + timeout : "")})");
        if (signal.Factory is not { } factory)
            return;
        writer.Line();
        writer.Line($"/// <summary>The signal '{CodeText.Xml(signal.Name)}', which is sent to a run.{(signal.Result is null ? "" : " What it brings is serialized at once.")}</summary>");
        writer.Line(Names.GeneratedCode);
        writer.Line(Names.StepThrough);
        if (factory.Obsolete is { } obsolete)
            writer.Line(obsolete);
        writer.Line($"{factory.Modifiers} {Names.Root}SignalCall {factory.Name}({(signal.Result is { } result ? result.Type + " value" : "")})");
        writer.Continue($"=> {definition}.Call({(signal.Result is null ? "default" : "value")});");
    }

    public static void EmitDefinition(CodeWriter writer, ContainerModel container, SignalModel signal)
    {
        writer.Open($"internal static readonly {Names.Services}SignalDefinition<{BodyText.Result(signal)}> {signal.DefinitionName} = new()");
        writer.Line($"Name = {CodeText.Literal(signal.Name)},");
        writer.Line($"Payload = {BodyText.ResultPayload(signal, container)},");
        writer.Close("};");
    }
}
