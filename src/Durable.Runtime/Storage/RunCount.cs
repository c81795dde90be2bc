namespace Durable.Storage;

/// <summary>How many runs of a workflow have a status.</summary>
/// <param name="Workflow">The workflow.</param>
/// <param name="Status">The status.</param>
/// <param name="Count">How many.</param>
public sealed record RunCount(WorkflowIdentity Workflow, RunStatus Status, long Count);
