namespace Durable.CrashTarget;

/// <summary>What a body returns: a value that follows from its argument, and a proof that no two executions share.</summary>
public sealed record Link(long Value, Guid Proof);

/// <summary>What a run returns: the last value, and the proof of each step as the workflow code saw it.</summary>
public sealed record Outcome(long Value, IReadOnlyList<Guid> Proofs);
