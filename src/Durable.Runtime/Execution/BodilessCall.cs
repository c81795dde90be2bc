using Durable.Storage;

namespace Durable.Execution;

/// <summary>A durable call without a body: its outcome comes from time, from outside, or of being stored.</summary>
internal abstract class BodilessCall(RunDriver driver, RunScope scope, string id, long fingerprint, bool isShielded) : DurableCall(driver, scope, id, fingerprint, isShielded)
{
    public override bool RunsAtMostOnce => false;

    public override bool IsByHand => false;

    public override bool KeepsFailure => true;

    public override void Execute() => throw new NotSupportedException($"'{Id}' has no body.");

    public override StepOutcome Interrupted(CheckpointRecord started) => throw new NotSupportedException($"'{Id}' has no body.");
}
