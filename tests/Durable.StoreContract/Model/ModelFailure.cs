namespace Durable.Storage.Contract.Model;

/// <summary>A sequence on which a store and the model disagree.</summary>
/// <param name="Sequence">The operations, as few as it takes.</param>
/// <param name="Transcript">What was done, and the two answers that differ.</param>
/// <param name="Seed">Repeats it.</param>
internal sealed record ModelFailure(IReadOnlyList<ModelOperation> Sequence, string Transcript, ModelSeed Seed);
