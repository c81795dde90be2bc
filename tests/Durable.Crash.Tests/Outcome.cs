namespace Durable.Crash.Tests;

/// <summary>What the run of the crash target returned: the value that every execution must reach, and the proofs that its workflow code saw.</summary>
internal sealed record Outcome(long Value, IReadOnlyList<Guid> Proofs);
