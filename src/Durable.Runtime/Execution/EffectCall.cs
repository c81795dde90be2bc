using Durable.Storage;

namespace Durable.Execution;

/// <summary>A durable call that is done once it is stored: what it does is part of the commit.</summary>
/// <param name="driver">The pass that makes it.</param>
/// <param name="place">Where it is made.</param>
/// <param name="kind">What it is recorded as.</param>
/// <param name="fingerprint">The fingerprint of what it is given.</param>
/// <param name="payload">The recorded result.</param>
/// <param name="effects">What the commit does besides; asked for when there is one.</param>
/// <param name="result">What the code gets, of the record.</param>
internal sealed class EffectCall<TResult>(RunDriver driver, CallPlace place, CheckpointKind kind, long fingerprint, ReadOnlyMemory<byte> payload, Func<RunEffects> effects, Func<CheckpointRecord, TResult> result)
    : BodilessCall(driver, place.Scope, place.Id, fingerprint, place.IsShielded), IPromise<TResult>
{
    private readonly TaskCompletionSource<TResult> _completion = new();

    public Task<TResult> Task => _completion.Task;

    public override CheckpointKind Kind => kind;

    public override void Begin()
    {
        var now = Driver.Engine.Time.GetUtcNow();
        Driver.Outbox.AddUnexecuted(this, kind, new StepOutcome(CheckpointStatus.Completed, 1, now, now) { Result = payload }, effects());
    }

    public override void Deliver(CheckpointRecord record)
    {
        if (record.Status == CheckpointStatus.Canceled)
            Cancel(Driver.CanceledException());
        else
            _completion.SetResult(result(record));
    }

    public override void Cancel(RunCanceledException exception) => _completion.SetException(exception);
}
