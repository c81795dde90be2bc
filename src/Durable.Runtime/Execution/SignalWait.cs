using Durable.CompilerServices;
using Durable.Serialization;
using Durable.Storage;

namespace Durable.Execution;

/// <summary>A wait for a signal.</summary>
/// <param name="driver">The pass that makes it.</param>
/// <param name="place">Where it is made.</param>
/// <param name="name">The signal's name.</param>
/// <param name="payload">How what is sent is stored.</param>
/// <param name="timeout">How long at most; null for no limit.</param>
internal sealed class SignalWait<T>(RunDriver driver, CallPlace place, string name, PayloadType<T> payload, TimeSpan? timeout) : WaitCall<WaitResult<T>>(driver, place, fingerprint: 0)
{
    public override CheckpointKind Kind => CheckpointKind.Signal;

    public override (InboxMessageKind Kind, string Name)? Awaits => (InboxMessageKind.Signal, name);

    public override (StepOutcome Note, RunEffects? Effects)? Opening()
        => timeout is { } wait ? (Outcome(CheckpointStatus.Completed, Driver.Engine.Time.GetUtcNow()) with { Wait = wait }, null) : null;

    public override StepOutcome Expired(DateTimeOffset now) => Outcome(CheckpointStatus.TimedOut, now);

    public override bool IsFailure(CheckpointRecord record) => record.Status == CheckpointStatus.Failed;

    public override StepOutcome Answered(InboxMessage message) => Answered(message, payload, $"Signal '{name}' (message {message.Position})");

    private protected override Exception Failure(CheckpointRecord record) => new StepFailedException(Id, StoredError.Read(record.Error)!, attempts: 1);

    private protected override WaitResult<T> Read(CheckpointRecord record) => record.Status == CheckpointStatus.TimedOut
        ? default
        : new WaitResult<T>(StoredPayload.Read(payload, record.Result.Span, $"Signal '{name}' of run '{Driver.RunId}' (sequence {record.Sequence})"));
}
