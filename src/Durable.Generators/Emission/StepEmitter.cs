using Durable.Code;
using Durable.Declarations;
using Durable.Generators.Model;
using Durable.Payloads.Reading;

namespace Durable.Generators.Emission;

/// <summary>Writes a step: its half and its definition. A call's receiver and arguments travel in a tuple: a type of their own for each step would cost a build more than all the rest.</summary>
internal static class StepEmitter
{
    public static void EmitHalf(CodeWriter writer, DeclarationModel declaration, StepModel step)
    {
        var values = step.Arguments.Select(argument => argument.Signature.Identifier);
        if (!step.IsStatic)
            values = values.Prepend("this");
        HalfEmitter.Emit(writer, declaration.Method, step.Returns, $"{Names.Calls}.StepAsync({Names.Definitions}.{step.DefinitionName}, {Tuple([.. values])}, {BodyText.Token(step)})");
    }

    public static void EmitDefinition(CodeWriter writer, ContainerModel container, StepModel step)
    {
        writer.Open($"internal static readonly {Names.Services}StepDefinition<{TupleType(container, step)}, {BodyText.Result(step)}> {step.DefinitionName} = new()");
        writer.Line($"Name = {CodeText.Literal(step.Name)},");
        if (step.Aliases.Count > 0)
            writer.Line($"Aliases = [{string.Join(", ", step.Aliases.Select(CodeText.Literal))}],");
        if (step.OncePerRun)
            writer.Line("OncePerRun = true,");
        if (step.Mode != StepModeKind.AtLeastOnce)
            writer.Line($"Mode = {Names.Root}StepMode.{step.Mode},");
        if (step.KeepsFailure)
            writer.Line("KeepsFailure = true,");
        RetryEmitter.Emit(writer, step);
        writer.Line($"Body = {Names.StepThrough} static (arguments, step, cancellationToken) => {Body(container, step)},");
        writer.Line($"Result = {BodyText.ResultPayload(step, container)},");
        if (step.Key is { } key)
            writer.Line($"Key = {Names.StepThrough} static (arguments) => {Key(step, key)},");
        if (step.Arguments.Count > 0)
            EmitArguments(writer, container, step);
        writer.Close("};");
    }

    private static string Body(ContainerModel container, StepModel step)
    {
        var values = step.Arguments.Select(argument => Item(step, argument));
        return BodyText.Call(step, $"arguments.{Names.Item(1)}", container, values, "step");
    }

    private static string Key(StepModel step, KeyModel key)
    {
        var value = Item(step, step.Arguments.First(argument => argument.Signature.Identifier == key.Identifier));
        return key.Format switch
        {
            KeyFormat.Integer => $"{value}.ToString(global::System.Globalization.CultureInfo.InvariantCulture)",
            KeyFormat.Guid => $"{value}.ToString(\"D\")",
            KeyFormat.Enum => $"{value}.ToString()",
            _ => value,
        };
    }

    private static void EmitArguments(CodeWriter writer, ContainerModel container, StepModel step)
    {
        if (BodyText.Fingerprinted(step).Count == 0)
            writer.Line("IsFingerprinted = false,");
        writer.Line($"Arguments = {Names.StepThrough} static (writer, arguments) => writer");
        var arguments = step.Arguments.OrderBy(argument => argument.Name, StringComparer.Ordinal).ToList();
        foreach (var argument in arguments)
        {
            var value = Item(step, argument);
            var isDefault = argument is { IsFingerprinted: true, Default: { } text }
                ? $", isDefault: {BodyText.IsDefault(argument.Signature.Type, value, text)}{(InexactEquality.Of(argument.Payload) ? $", declared: {text}" : "")}"
                : "";
            var end = argument == arguments[arguments.Count - 1] ? "," : "";
            writer.Continue($".{(argument.IsFingerprinted ? "Add" : "AddUnfingerprinted")}({CodeText.Literal(argument.Name)}, {value}, {BodyText.Payload(container, argument.Signature.Type, argument.Payload, argument.IsSensitive)}{isDefault}){end}");
        }
    }

    /// <summary>An argument of a call.</summary>
    private static string Item(StepModel step, ArgumentModel argument)
    {
        var place = 0;
        while (step.Arguments[place] != argument)
            place++;
        return "arguments." + Names.Item(place + (step.IsStatic ? 1 : 2));
    }

    private static string TupleType(ContainerModel container, StepModel step)
    {
        var types = step.Arguments.Select(argument => argument.Signature.Type);
        if (!step.IsStatic)
            types = types.Prepend(container.FullName);
        return types.ToList() switch
        {
            [] => Names.ValueTuple,
            [var one] => $"{Names.ValueTuple}<{one}>",
            var all => $"({string.Join(", ", all)})",
        };
    }

    private static string Tuple(IReadOnlyList<string> values) => values.Count switch
    {
        0 => $"default({Names.ValueTuple})",
        1 => $"{Names.ValueTuple}.Create({values[0]})",
        _ => $"({string.Join(", ", values)})",
    };
}
