namespace Durable.Storage;

/// <summary>A workflow by name and version.</summary>
/// <param name="Name">The workflow's name.</param>
/// <param name="Version">The version of the code.</param>
public readonly record struct WorkflowIdentity(string Name, int Version);
