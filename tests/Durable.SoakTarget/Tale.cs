namespace Durable.SoakTarget;

/// <summary>What a body returns: which step it was, and a proof that no two executions share.</summary>
public sealed record Link(string Step, Guid Proof);

/// <summary>What a run returns: what its code was given by each step.</summary>
public sealed record Tale(IReadOnlyList<Link> Links);
