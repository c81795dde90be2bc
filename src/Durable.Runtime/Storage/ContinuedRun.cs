namespace Durable.Storage;

/// <summary>
/// A run that goes on from its beginning with other arguments, under its id: its checkpoints are removed, <see cref="RunRecord.Generation"/> is raised, and the attempt is 1 again.
/// Its signals, published values and streams stay; other messages go, and its open requests are closed.
/// </summary>
/// <param name="Workflow">The workflow from now on.</param>
/// <param name="Input">The arguments. The fingerprint stays that of the start.</param>
public sealed record ContinuedRun(WorkflowIdentity Workflow, ReadOnlyMemory<byte> Input);
