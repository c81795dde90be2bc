using Durable.Code;
using Durable.Generators.Model;

namespace Durable.Generators.Emission;

/// <summary>Writes a step: its half, its definition and the struct that carries a call's arguments.</summary>
internal static class StepEmitter
{
    public static void Emit(CodeWriter writer, DeclarationModel declaration, StepModel step)
    {
        var values = step.Arguments.Select(argument => argument.Signature.Identifier);
        if (!step.IsStatic)
            values = values.Prepend("this");
        var arguments = HasFields(step) ? $"new {step.GeneratedType}.{Names.Arguments}({string.Join(", ", values)})" : $"default({step.GeneratedType}.{Names.Arguments})";
        HalfEmitter.Emit(writer, declaration.Method, step.Returns, $"{Names.Calls}.StepAsync({step.GeneratedType}.{Names.Definition}, {arguments}, {BodyText.Token(step)})");

        writer.Line();
        writer.Line(Names.GeneratedCode);
        writer.Line(Names.StepThrough);
        writer.Line(Names.UsesObsolete);
        writer.Open($"private static class {step.GeneratedType}");
        EmitDefinition(writer, declaration.Container, step);
        EmitBody(writer, declaration.Container, step);
        EmitKey(writer, step);
        FingerprintEmitter.Emit(writer, step, declaration.Container);
        EmitWriteArguments(writer, declaration.Container, step);
        EmitArguments(writer, declaration.Container, step);
        writer.Close();
    }

    private static bool HasFields(StepModel step) => !step.IsStatic || step.Arguments.Count > 0;

    private static void EmitDefinition(CodeWriter writer, ContainerModel container, StepModel step)
    {
        writer.Open($"internal static readonly {Names.Services}StepDefinition<{Names.Arguments}, {BodyText.Result(step)}> {Names.Definition} = new()");
        writer.Line($"Name = {CodeText.Literal(step.Name)},");
        if (step.Aliases.Count > 0)
            writer.Line($"Aliases = [{string.Join(", ", step.Aliases.Select(CodeText.Literal))}],");
        if (step.OncePerRun)
            writer.Line("OncePerRun = true,");
        writer.Line("Body = Run,");
        writer.Line($"Result = {BodyText.ResultPayload(step, container)},");
        if (step.Key is not null)
            writer.Line("Key = Key,");
        if (BodyText.Fingerprinted(step).Count > 0)
            writer.Line("Fingerprint = Fingerprint,");
        if (step.Arguments.Count > 0)
            writer.Line("WriteArguments = WriteArguments,");
        writer.Close("};");
    }

    private static void EmitBody(CodeWriter writer, ContainerModel container, StepModel step)
    {
        writer.Line();
        writer.Line($"private static {Names.ValueTask}<{BodyText.Result(step)}> Run({Names.Arguments} arguments, global::Durable.StepContext step, {Names.CancellationToken} cancellationToken)");
        BodyText.EmitCall(writer, step, "arguments." + Names.Receiver, container, "step");
    }

    private static void EmitKey(CodeWriter writer, StepModel step)
    {
        if (step.Key is not { } key)
            return;
        var value = "arguments." + key.Identifier;
        var text = key.Format switch
        {
            KeyFormat.Integer => $"{value}.ToString(global::System.Globalization.CultureInfo.InvariantCulture)",
            KeyFormat.Guid => $"{value}.ToString(\"D\")",
            KeyFormat.Enum => $"{value}.ToString()",
            _ => value,
        };
        writer.Line();
        writer.Line($"private static string? Key({Names.Arguments} arguments)");
        writer.Continue($"=> {text};");
    }

    private static void EmitWriteArguments(CodeWriter writer, ContainerModel container, StepModel step)
    {
        if (step.Arguments.Count == 0)
            return;
        writer.Line();
        writer.Open($"private static void WriteArguments({Names.Json}Utf8JsonWriter writer, {Names.Arguments} arguments)");
        writer.Line("writer.WriteStartObject();");
        foreach (var argument in step.Arguments)
        {
            writer.Line($"writer.WritePropertyName({CodeText.Literal(argument.Name)});");
            writer.Line($"{Names.Json}JsonSerializer.Serialize(writer, arguments.{argument.Signature.Identifier}, {BodyText.TypeInfo(container, argument.Signature.Type)});");
        }

        writer.Line("writer.WriteEndObject();");
        writer.Close();
    }

    private static void EmitArguments(CodeWriter writer, ContainerModel container, StepModel step)
    {
        var fields = step.Arguments.Select(argument => (argument.Signature.Type, Name: argument.Signature.Identifier)).ToList();
        if (!step.IsStatic)
            fields.Insert(0, (container.FullName, Names.Receiver));
        writer.Line();
        if (!HasFields(step))
        {
            writer.Line($"internal readonly struct {Names.Arguments};");
            return;
        }

        writer.Open($"internal readonly struct {Names.Arguments}({string.Join(", ", fields.Select(field => $"{field.Type} {field.Name}"))})");
        foreach (var (type, name) in fields)
            writer.Line($"internal readonly {type} {name} = {name};");
        writer.Close();
    }
}
