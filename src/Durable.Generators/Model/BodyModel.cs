using Durable.Collections;
using Durable.Declarations;
using Durable.Payloads;

namespace Durable.Generators.Model;

/// <summary>What is generated for a valid declaration that has a body. A workflow or a step, never both.</summary>
internal abstract record BodyModel : HalfModel
{
    public required EquatableArray<ArgumentModel> Arguments { get; init; }

    /// <summary>The escaped name of the declared token; null for none.</summary>
    public required string? Token { get; init; }

    public required bool IsStatic { get; init; }

    public required CoreModel Core { get; init; }

    /// <summary>Whether a failed attempt is followed by another; null for one attempt.</summary>
    public required RetrySetting? Retry { get; init; }

    /// <summary>Where it is declared, for messages: <c>Namespace.Type.Method (Assembly)</c>.</summary>
    public required string Declaration { get; init; }

    protected IEnumerable<PayloadModel> WithResult(IEnumerable<PayloadModel> arguments) => Result is { } result ? arguments.Append(result.Payload) : arguments;
}

/// <summary>A result.</summary>
/// <param name="Type">Its type, with nullability.</param>
/// <param name="Payload">How it is stored.</param>
/// <param name="IsSensitive">True when it is masked where payloads are shown, whatever its type.</param>
/// <param name="Serializer">The class that writes the whole of it; null for one that is stored as JSON.</param>
internal sealed record ResultModel(string Type, PayloadModel Payload, bool IsSensitive, string? Serializer = null);

/// <summary>The body's method, as generated code calls it.</summary>
/// <param name="Name">The name, escaped.</param>
/// <param name="IsStatic">True for a static method.</param>
/// <param name="Returns">How it hands back the result.</param>
/// <param name="Extras">What it takes after the arguments, in order.</param>
internal sealed record CoreModel(string Name, bool IsStatic, ReturnShape Returns, EquatableArray<ExtraModel> Extras);

/// <summary>A value-equal <see cref="CoreExtra"/>.</summary>
internal sealed record ExtraModel(CoreExtra Extra);
