using Durable.Payloads;

namespace Durable.Generators.Model;

/// <summary>What is generated for a workflow.</summary>
internal sealed record WorkflowModel : BodyModel
{
    public required int Version { get; init; }

    /// <summary>The generated class of the arguments, which contracts must be able to name: outside the container, that may be private.</summary>
    public required ArgumentsModel ArgumentsType { get; init; }

    public override IEnumerable<PayloadModel> Payloads => WithResult([ArgumentsType.Payload]);

    /// <summary>Accessibility and <c>static</c> of the factory of calls.</summary>
    public required string CallModifiers { get; init; }

    /// <summary>The factory of calls, escaped.</summary>
    public required string CallName { get; init; }

    /// <summary>The factory of calls, for messages.</summary>
    public required string CallFactory { get; init; }

    /// <summary>The attribute of an obsolete workflow, which its factory of calls repeats; null for none.</summary>
    public required string? Obsolete { get; init; }

    public required bool IsSequential { get; init; }

    public required bool AwaitsOnlyDurableWork { get; init; }
}

/// <summary>The generated class that holds a workflow's arguments.</summary>
/// <param name="Namespace">Its namespace, one for each container; empty for a class within the container, which alone can name private types.</param>
/// <param name="Name">Its name.</param>
/// <param name="FullName">Its name from <c>global::</c> on.</param>
/// <param name="Payload">How it is stored.</param>
internal sealed record ArgumentsModel(string Namespace, string Name, string FullName, PayloadModel Payload);
