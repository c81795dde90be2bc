using Durable.Collections;
using Durable.Declarations;
using Durable.Payloads;

namespace Durable.Generators.Model;

/// <summary>One workflow or step: all that is needed to write its half.</summary>
/// <param name="Container">Where it is declared.</param>
/// <param name="Method">Its signature.</param>
/// <param name="Body">What the half does; null for an invalid declaration, whose half throws so that the user sees the rule's message alone.</param>
internal sealed record DeclarationModel(ContainerModel Container, MethodModel Method, BodyModel? Body);

/// <summary>What is generated for a valid declaration. A workflow or a step, never both.</summary>
internal abstract record BodyModel
{
    /// <summary>The nested class that holds what is generated.</summary>
    public required string GeneratedType { get; init; }

    /// <summary>The name of workflow or step.</summary>
    public required string Name { get; init; }

    public required EquatableArray<ArgumentModel> Arguments { get; init; }

    /// <summary>The escaped name of the declared token; null for none.</summary>
    public required string? Token { get; init; }

    public required ReturnShape Returns { get; init; }

    /// <summary>The result; null for none.</summary>
    public required ResultModel? Result { get; init; }

    public required bool IsStatic { get; init; }

    public required CoreModel Core { get; init; }
}

internal sealed record StepModel : BodyModel
{
    public required EquatableArray<string> Aliases { get; init; }

    public required bool OncePerRun { get; init; }

    public required KeyModel? Key { get; init; }
}

internal sealed record WorkflowModel : BodyModel
{
    public required int Version { get; init; }

    /// <summary>The generated class of the arguments, which contracts must be able to name: outside the container, that may be private.</summary>
    public required ArgumentsModel ArgumentsType { get; init; }

    /// <summary>Where it is declared, for messages.</summary>
    public required string Declaration { get; init; }

    /// <summary>Accessibility and <c>static</c> of the factory of calls.</summary>
    public required string CallModifiers { get; init; }

    /// <summary>The factory of calls, escaped.</summary>
    public required string CallName { get; init; }

    /// <summary>The factory of calls, for messages.</summary>
    public required string CallFactory { get; init; }

    public required bool IsSequential { get; init; }

    public required bool AwaitsOnlyDurableWork { get; init; }
}

/// <summary>A parameter that is stored.</summary>
/// <param name="Name">The name as it is stored.</param>
/// <param name="Signature">The parameter as the factory of calls declares it again.</param>
/// <param name="Default">The declared default as an expression; null for a required parameter.</param>
/// <param name="IsFingerprinted">False when the user leaves it out of the fingerprint.</param>
/// <param name="Payload">How it is stored.</param>
internal sealed record ArgumentModel(string Name, ParameterModel Signature, string? Default, bool IsFingerprinted, PayloadModel Payload);

/// <summary>The generated class that holds a workflow's arguments.</summary>
/// <param name="Namespace">Its namespace, one for each container.</param>
/// <param name="FullName">Its name from <c>global::</c> on.</param>
/// <param name="Payload">How it is stored.</param>
internal sealed record ArgumentsModel(string Namespace, string FullName, PayloadModel Payload);

/// <summary>A result.</summary>
/// <param name="Type">Its type, with nullability.</param>
/// <param name="Payload">How it is stored.</param>
internal sealed record ResultModel(string Type, PayloadModel Payload);

/// <summary>The key parameter.</summary>
/// <param name="Identifier">The parameter, escaped.</param>
/// <param name="Format">How it becomes text.</param>
internal sealed record KeyModel(string Identifier, KeyFormat Format);

internal enum KeyFormat
{
    Text,
    Integer,
    Guid,
    Enum,
}

/// <summary>The body's method, as generated code calls it.</summary>
/// <param name="Name">The name, escaped.</param>
/// <param name="IsStatic">True for a static method.</param>
/// <param name="Returns">How it hands back the result.</param>
/// <param name="Extras">What it takes after the arguments, in order.</param>
internal sealed record CoreModel(string Name, bool IsStatic, ReturnShape Returns, EquatableArray<ExtraModel> Extras);

/// <summary>A value-equal <see cref="CoreExtra"/>.</summary>
internal sealed record ExtraModel(CoreExtra Extra);
