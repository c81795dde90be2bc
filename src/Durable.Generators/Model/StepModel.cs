using Durable.Collections;
using Durable.Declarations;
using Durable.Payloads;

namespace Durable.Generators.Model;

/// <summary>What is generated for a step.</summary>
internal sealed record StepModel : BodyModel
{
    public required EquatableArray<string> Aliases { get; init; }

    public override IEnumerable<PayloadModel> Payloads => WithResult(Arguments.Select(argument => argument.Payload));

    public required bool OncePerRun { get; init; }

    public required StepModeKind Mode { get; init; }

    public required bool KeepsFailure { get; init; }

    public required KeyModel? Key { get; init; }
}

/// <summary>The key parameter.</summary>
/// <param name="Identifier">The parameter, escaped.</param>
/// <param name="Format">How it becomes text.</param>
internal sealed record KeyModel(string Identifier, KeyFormat Format);

/// <summary>How a key becomes text.</summary>
internal enum KeyFormat
{
    Text,
    Integer,
    Guid,
    Enum,
}
