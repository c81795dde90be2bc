using Durable.Code;
using Durable.Declarations;
using Durable.Generators.Model;

namespace Durable.Generators.Emission;

/// <summary>The expressions that workflows and steps share.</summary>
internal static class BodyText
{
    /// <summary>The result's type as the runtime sees it.</summary>
    public static string Result(BodyModel body) => body.Result?.Type ?? Names.Nothing;

    /// <summary>How the result is stored.</summary>
    public static string ResultPayload(BodyModel body, ContainerModel container)
    {
        if (body.Result is not { } result)
            return Names.Nothing + ".Payload";
        var immutable = result.Payload.IsImmutable ? " { IsImmutable = true }" : "";
        return $"new {Names.PayloadType}<{result.Type}>({TypeInfo(container, result.Type)}){immutable}";
    }

    /// <summary>The contract of a payload type.</summary>
    public static string TypeInfo(ContainerModel container, string type) => $"{Json(container)}.TypeInfo<{type}>()";

    /// <summary>The contracts of the assembly.</summary>
    public static string Json(ContainerModel container) => $"global::{container.GeneratedNamespace}.DurableJson";

    /// <summary>The canonical forms of the assembly's payloads.</summary>
    public static string Fingerprints(ContainerModel container) => $"global::{container.GeneratedNamespace}.DurableFingerprints";

    public static string Token(BodyModel body) => body.Token ?? "default";

    /// <summary>Writes the call of the body, as a method's expression or block.</summary>
    /// <param name="writer">Takes the text.</param>
    /// <param name="body">The declaration.</param>
    /// <param name="receiver">The instance; not used by a static body.</param>
    /// <param name="container">Where it is declared.</param>
    /// <param name="context">The name of the context.</param>
    public static void EmitCall(CodeWriter writer, BodyModel body, string receiver, ContainerModel container, string context)
    {
        var arguments = body.Arguments.Select(argument => "arguments." + argument.Signature.Identifier)
            .Concat(body.Core.Extras.Select(extra => extra.Extra == CoreExtra.Context ? context : "cancellationToken"));
        var call = $"{(body.Core.IsStatic ? container.FullName : receiver)}.{body.Core.Name}({string.Join(", ", arguments)})";
        switch (body.Core.Returns)
        {
            case ReturnShape.Void:
                writer.Open();
                writer.Line(call + ";");
                writer.Line("return default;");
                writer.Close();
                break;
            case ReturnShape.Task or ReturnShape.ValueTask:
                writer.Continue($"=> {Names.Nothing}.After({call});");
                break;
            case ReturnShape.ValueTaskOfResult:
                writer.Continue($"=> {call};");
                break;
            default:
                writer.Continue($"=> new {Names.ValueTask}<{Result(body)}>({call});");
                break;
        }
    }

    /// <summary>The arguments that are fingerprinted, in the order in which the canonical form has them.</summary>
    public static IReadOnlyList<ArgumentModel> Fingerprinted(BodyModel body)
        => [.. body.Arguments.Where(argument => argument.IsFingerprinted).OrderBy(argument => argument.Name, StringComparer.Ordinal)];
}
