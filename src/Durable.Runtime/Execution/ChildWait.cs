using Durable.CompilerServices;
using Durable.Serialization;
using Durable.Storage;

namespace Durable.Execution;

/// <summary>A wait for the end of a child run.</summary>
/// <param name="driver">The pass that makes it.</param>
/// <param name="place">Where it is made.</param>
/// <param name="child">The child.</param>
/// <param name="result">How its result is stored.</param>
internal sealed class ChildWait<TResult>(RunDriver driver, CallPlace place, StartedChild child, PayloadType<TResult> result) : WaitCall<TResult>(driver, place, fingerprint: 0)
{
    public override CheckpointKind Kind => CheckpointKind.Child;

    public override (InboxMessageKind Kind, string Name)? Awaits => (InboxMessageKind.ChildEnded, child.RunId);

    public override bool AsksStore => true;

    // A run of that id that somebody else started sends no message, and one that ended while its parent had ended sent none.
    public override bool AsksFirst => child.IsNew || Driver.Attempt > 1;

    public override bool IsFailure(CheckpointRecord record) => record.Status == CheckpointStatus.Failed;

    // The next attempt starts another child.
    public override IEnumerable<long> FailingSequences(CheckpointRecord record) => [child.Sequence, record.Sequence];

    public override async Task<StepOutcome?> AskStoreAsync()
    {
        var run = await Driver.Engine.AskAsync(() => Driver.Engine.Store.FindRunAsync(child.RunId, Driver.Held), Driver.Held);
        var now = Driver.Engine.Time.GetUtcNow();
        if (run?.Parent?.RunId != Driver.RunId)
            return Failed(ErrorInfo.From(new RunConflictException(child.RunId, "and was not started by this run")), now);
        return run.Status switch
        {
            RunStatus.Completed => Of(CheckpointStatus.Completed, now) with { Result = run.Result },
            RunStatus.Failed => Failed(StoredError.Show(run.Error)!, now),
            RunStatus.Canceled => Failed(Canceled(run), now),
            _ => null,
        };
    }

    private protected override TResult Read(CheckpointRecord record)
        => StoredPayload.Read(result, record.Result.Span, $"The result of run '{child.RunId}', a child of '{Driver.RunId}' (sequence {record.Sequence})");

    private protected override Exception Failure(CheckpointRecord record)
    {
        var error = StoredError.Read(record.Error)!;
        return new ChildWorkflowFailedException(child.RunId, child.Workflow, error, Driver.Engine.Errors.BringBack(error, $"The error of run '{child.RunId}' (sequence {record.Sequence})"));
    }

    private StepOutcome Failed(ErrorInfo error, DateTimeOffset now) => Of(CheckpointStatus.Failed, now) with { Error = error };

    // The history says whose end it was.
    private StepOutcome Of(CheckpointStatus status, DateTimeOffset now) => Outcome(status, now) with { Arguments = child.StoredId };

    // One that was terminated without a reason has no error.
    private static ErrorInfo Canceled(RunRecord run)
        => StoredError.Show(run.Error) is { TypeName: var name } error && name == typeof(RunCanceledException).FullName ? error : StoredError.Read(StoredError.Cancellation(null))!;
}

/// <summary>A child as its parent's code knows it.</summary>
/// <param name="RunId">The child.</param>
/// <param name="Workflow">Its workflow.</param>
/// <param name="Sequence">The checkpoint of its start.</param>
/// <param name="IsNew">True where this pass has started it.</param>
internal sealed record StartedChild(string RunId, string Workflow, long Sequence, bool IsNew)
{
    /// <summary>The id as the start recorded it.</summary>
    public required ReadOnlyMemory<byte> StoredId { get; init; }
}
