using Durable.CompilerServices;
using Durable.Serialization;
using Durable.Serialization.Codecs;
using Durable.Storage;

namespace Durable.Execution;

/// <summary>A durable call that waits: for a time, for a message, or for both.</summary>
internal abstract class WaitCall(RunDriver driver, CallPlace place, long fingerprint) : BodilessCall(driver, place.Scope, place.Id, fingerprint, place.IsShielded)
{
    /// <summary>The messages that end it, once it has begun; null for none.</summary>
    public virtual (InboxMessageKind Kind, string Name)? Awaits => null;

    /// <summary>True once it is known that no message came before its time had passed.</summary>
    public bool MayExpire { get; set; }

    /// <summary>True once its outcome is being written.</summary>
    public bool IsSettled { get; set; }

    /// <summary>The request that is asked while it waits; null for none.</summary>
    public virtual string? RequestId => null;

    public override void Begin() => Driver.BeginWait(this);

    /// <summary>What is stored before it waits, so that it goes on from there after a crash; null for nothing.</summary>
    public virtual (StepOutcome Note, RunEffects? Effects)? Opening() => null;

    /// <summary>What comes of it when its time has passed.</summary>
    /// <param name="now">The worker's clock.</param>
    public virtual StepOutcome Expired(DateTimeOffset now) => throw new NotSupportedException($"'{Id}' waits for no time.");

    /// <summary>What the commit does besides when its time has passed; null for nothing.</summary>
    public virtual RunEffects? ExpiredEffects => null;

    /// <summary>What comes of it by a message that says it all.</summary>
    public virtual StepOutcome Answered(InboxMessage message) => throw new NotSupportedException($"'{Id}' waits for no message.");

    /// <summary>True where a message only says that there is something to be asked for.</summary>
    public virtual bool AsksStore => false;

    /// <summary>True where that is asked for as well when the wait begins.</summary>
    public virtual bool AsksFirst => false;

    /// <summary>What the store knows of what it waits for; null to go on waiting.</summary>
    /// <exception cref="OperationCanceledException">The hold on the run was given up.</exception>
    public virtual Task<StepOutcome?> AskStoreAsync() => throw new NotSupportedException($"'{Id}' asks the store for nothing.");

    // Somebody sent what the code cannot read: that is a failure of this wait, and what was sent stays in the history. What only this process cannot decode is none.
    private protected StepOutcome Answered<T>(InboxMessage message, PayloadType<T> payload, string what)
    {
        var outcome = Outcome(CheckpointStatus.Completed, Driver.Engine.Time.GetUtcNow());
        if (UnreadablePayload.Error(message.Payload.Span, what) is null)
        {
            try
            {
                StoredPayload.Read(payload, message.Payload.Span, what);
            }
            catch (PayloadException exception)
            {
                return outcome with { Status = CheckpointStatus.Failed, Error = ErrorInfo.From(exception), Arguments = message.Payload };
            }
        }

        return outcome with { Result = message.Payload };
    }

    private protected StepOutcome Outcome(CheckpointStatus status, DateTimeOffset now)
        => new(status, 1, Progress?.Wait?.StartedAt ?? now, now);
}

/// <summary>A wait with a result.</summary>
internal abstract class WaitCall<TResult>(RunDriver driver, CallPlace place, long fingerprint) : WaitCall(driver, place, fingerprint), IPromise<TResult>
{
    private readonly TaskCompletionSource<TResult> _completion = new();

    public Task<TResult> Task => _completion.Task;

    public override void Deliver(CheckpointRecord record)
    {
        if (record.Status == CheckpointStatus.Canceled)
            Cancel(Driver.CanceledException());
        else if (record.Status == CheckpointStatus.Failed)
            _completion.SetException(Failure(record));
        else
            _completion.SetResult(Read(record));
    }

    public override void Cancel(RunCanceledException exception) => _completion.SetException(exception);

    /// <summary>What the code gets of a recorded outcome.</summary>
    /// <exception cref="PayloadException">It cannot be read.</exception>
    private protected abstract TResult Read(CheckpointRecord record);

    /// <summary>What the code gets of a recorded failure.</summary>
    private protected virtual Exception Failure(CheckpointRecord record) => throw new NotSupportedException($"'{Id}' does not fail.");
}
