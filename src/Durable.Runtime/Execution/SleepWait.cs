using Durable.CompilerServices;
using Durable.Storage;

namespace Durable.Execution;

/// <summary>A durable sleep: when it ends is stored when it begins, by the store's clock, and does not move.</summary>
/// <param name="driver">The pass that makes it.</param>
/// <param name="place">Where it is made.</param>
/// <param name="duration">How long.</param>
/// <param name="until">Until when, instead of a duration.</param>
// Not fingerprinted: what is stored says when it ends, and no other duration that the code comes to say makes a difference.
internal sealed class SleepWait(RunDriver driver, CallPlace place, TimeSpan duration, DateTimeOffset? until) : WaitCall<Nothing>(driver, place, fingerprint: 0)
{
    public override CheckpointKind Kind => CheckpointKind.Sleep;

    public override (StepOutcome Note, RunEffects? Effects)? Opening()
    {
        var now = Driver.Engine.Time.GetUtcNow();
        var wait = until is { } end ? Driver.LeftUntil(end) : duration;
        return (Outcome(CheckpointStatus.Completed, now) with { Wait = wait > TimeSpan.Zero ? wait : TimeSpan.Zero }, null);
    }

    // Code that reads the time after it has slept must find that time has passed, whatever became of the worker's clock.
    public override StepOutcome Expired(DateTimeOffset now)
    {
        var started = Progress!.Wait!;
        var end = until ?? CommitRules.DueAt(started.StartedAt, started.Wait ?? TimeSpan.Zero);
        return Outcome(CheckpointStatus.Completed, end > now ? end : now);
    }

    private protected override Nothing Read(CheckpointRecord record) => default;
}
