using Durable.Code;
using Durable.Declarations;
using Durable.Generators.Model;
using Durable.Payloads;

namespace Durable.Generators.Emission;

/// <summary>The expressions that workflows and steps share.</summary>
internal static class BodyText
{
    /// <summary>The result's type as the runtime sees it.</summary>
    public static string Result(HalfModel body) => body.Result?.Type ?? Names.Nothing;

    /// <summary>How the result is stored.</summary>
    public static string ResultPayload(HalfModel body, ContainerModel container)
        => body.Result is not { } result ? Names.Nothing + ".Payload"
            : result.Serializer is { } serializer ? $"{Names.PayloadType}<{result.Type}>.By(static () => new {serializer}()){(result.IsSensitive ? ".Sensitive" : "")}"
            : Payload(container, result.Type, result.Payload, result.IsSensitive);

    /// <summary>How a type is stored.</summary>
    public static string Payload(ContainerModel container, string type, PayloadModel payload, bool isSensitive = false) => (payload.IsStorable
        ? $"{(payload.IsLocal ? DeclarationNames.PayloadsClass : "global::" + container.GeneratedNamespace)}.DurablePayloads.{CodeText.Identifier(PayloadIdentifier.Of(payload.RootName))}"
        : $"{Names.PayloadType}<{type}>.NotStorable") + (isSensitive ? ".Sensitive" : "");

    /// <summary>Whether a value is its declared default.</summary>
    public static string IsDefault(string type, string value, string text) => $"global::System.Collections.Generic.EqualityComparer<{type}>.Default.Equals({value}, {text})";

    /// <summary>The contracts of the assembly.</summary>
    public static string Json(ContainerModel container) => $"global::{container.GeneratedNamespace}.DurableJson";

    public static string Token(BodyModel body) => body.Token ?? "default";

    /// <summary>The call of the body, as what follows the arrow of a lambda.</summary>
    /// <param name="body">The declaration.</param>
    /// <param name="receiver">The instance; not used by a static body.</param>
    /// <param name="container">Where it is declared.</param>
    /// <param name="values">The arguments.</param>
    /// <param name="context">The name of the context.</param>
    public static string Call(BodyModel body, string receiver, ContainerModel container, IEnumerable<string> values, string context)
    {
        var arguments = values.Concat(body.Core.Extras.Select(extra => extra.Extra == CoreExtra.Context ? context : "cancellationToken"));
        var call = $"{(body.Core.IsStatic ? container.FullName : receiver)}.{body.Core.Name}({string.Join(", ", arguments)})";
        return body.Core.Returns switch
        {
            ReturnShape.Void => $"{{ {call}; return default; }}",
            ReturnShape.Task or ReturnShape.ValueTask => $"{Names.Nothing}.After({call})",
            ReturnShape.ValueTaskOfResult => call,
            _ => $"new {Names.ValueTask}<{Result(body)}>({call})",
        };
    }

    /// <summary>The arguments that are fingerprinted, in the order in which the canonical form has them.</summary>
    public static IReadOnlyList<ArgumentModel> Fingerprinted(BodyModel body)
        => [.. body.Arguments.Where(argument => argument.IsFingerprinted).OrderBy(argument => argument.Name, StringComparer.Ordinal)];
}
