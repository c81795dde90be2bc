using Durable.Declarations;
using Durable.Payloads;

namespace Durable.Generators.Model;

/// <summary>What is generated for a valid declaration: a workflow, a step or a signal.</summary>
internal abstract record HalfModel
{
    /// <summary>The field that holds the definition, escaped.</summary>
    public required string DefinitionName { get; init; }

    /// <summary>The name of workflow, step or signal.</summary>
    public required string Name { get; init; }

    public required ReturnShape Returns { get; init; }

    /// <summary>The result, of a signal what it brings; null for none.</summary>
    public required ResultModel? Result { get; init; }

    /// <summary>All that is stored of it.</summary>
    public abstract IEnumerable<PayloadModel> Payloads { get; }
}
