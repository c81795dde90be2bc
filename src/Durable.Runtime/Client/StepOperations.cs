using Durable.CompilerServices;
using Durable.Execution;
using Durable.Serialization;
using Durable.Serialization.Codecs;
using Durable.Storage;

namespace Durable.Client;

/// <summary>What operators decide about single steps. Works on the engine's scheduler, whatever context the caller has.</summary>
internal static class StepOperations
{
    // A run that moves between reading and writing more often than this is not one that waits for an operator.
    private const int MaxTries = 100;

    /// <exception cref="StepNotFoundException">The run has recorded nothing of the step.</exception>
    /// <exception cref="StepNotDecidableException">The step has another outcome, or its run goes on.</exception>
    public static Task CompleteAsync<T>(Engine engine, string runId, string stepId, T value, CancellationToken cancellationToken)
        => DecideAsync(engine, runId, stepId, "completed", (run, step) => Outcome(engine, run, step, CheckpointStatus.Completed, engine.Workflows.WriteStepResult(run, stepId, value), default), cancellationToken);

    /// <inheritdoc cref="CompleteAsync"/>
    public static Task CompleteAsync(Engine engine, string runId, string stepId, CancellationToken cancellationToken)
        => CompleteAsync(engine, runId, stepId, default(Nothing), cancellationToken);

    /// <inheritdoc cref="CompleteAsync"/>
    public static Task FailAsync(Engine engine, string runId, string stepId, string message, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        if (message.Length > DurableLimits.MaxReasonLength)
            throw new ArgumentException($"The message has {message.Length} characters; the limit is {DurableLimits.MaxReasonLength} (DurableLimits.MaxReasonLength). Shorten it.", nameof(message));
        var error = StoredError.Write(ErrorInfo.From(new FailedByOperatorException(message)));
        return DecideAsync(engine, runId, stepId, "failed", (run, step) => Outcome(engine, run, step, CheckpointStatus.Failed, default, error), cancellationToken);
    }

    /// <inheritdoc cref="CompleteAsync"/>
    public static Task RetryAsync(Engine engine, string runId, string stepId, CancellationToken cancellationToken)
        => DecideAsync(engine, runId, stepId, "given another try", static (_, _) => null, cancellationToken);

    // The outcome decided on is null for none.
    private static Task DecideAsync(Engine engine, string runId, string stepId, string decision, Func<RunRecord, RecordedStep, CheckpointRecord?> outcomeOf, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(stepId);
        return engine.Start(async () =>
        {
            await engine.InitializeAsync(cancellationToken);
            for (var tries = 1; ; tries++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var (run, checkpoints) = await RunHistory.ReadAsync(engine, runId, cancellationToken);
                var step = RecordedStep.Of(stepId, checkpoints);
                var outcome = step is null ? null : outcomeOf(run, step);
                // An earlier try perhaps, whose answer was lost.
                if (outcome is not null && IsRecorded(outcome, step!.Outcome))
                    return;
                Check(run, stepId, step, checkpoints, mayTryAgain: tries < MaxTries);
                var cleared = Canceled(checkpoints, stepId).Concat(outcome is null ? step!.Sequences : []).Order();
                if (!await engine.Store.DecideStepAsync(new StepDecision { RunId = runId, Epoch = run.Epoch, Attempt = run.Attempt, Cleared = [.. cleared], Outcome = outcome }, cancellationToken))
                    continue;
                Log.StepDecided(engine.Log, runId, stepId, decision);
                engine.Signals.Accepted();
                return;
            }
        });
    }

    // In the place of the old outcome, with its time, so that what was replayed behind it stays as it was; or behind everything else.
    private static CheckpointRecord Outcome(Engine engine, RunRecord run, RecordedStep step, CheckpointStatus status, ReadOnlyMemory<byte> result, ReadOnlyMemory<byte> error) => step.Last with
    {
        Sequence = step.Outcome?.Sequence ?? run.LastSequence + 1,
        Kind = CheckpointKind.Step,
        Status = status,
        CompletedAt = step.Outcome?.CompletedAt ?? engine.Time.GetUtcNow(),
        Wait = null,
        DueAt = null,
        Arguments = UnreadablePayload.Error(step.Last.Arguments.Span, "") is null ? step.Last.Arguments : default,
        Result = result,
        Error = error,
    };

    // A decision lets the run go on, as a resume does: that withdraws its cancellation, with what that cut off.
    private static IEnumerable<long> Canceled(IReadOnlyList<CheckpointRecord> checkpoints, string decided)
    {
        var cutOff = checkpoints.Where(checkpoint => checkpoint is { Kind: CheckpointKind.Step, Status: CheckpointStatus.Canceled }).Select(checkpoint => checkpoint.StepId).ToHashSet(StringComparer.Ordinal);
        return checkpoints
            .Where(checkpoint => checkpoint.Status != CheckpointStatus.Cleared && (checkpoint.Kind == CheckpointKind.RunCanceled || checkpoint.StepId != decided && cutOff.Contains(checkpoint.StepId)))
            .Select(checkpoint => checkpoint.Sequence);
    }

    private static bool IsRecorded(CheckpointRecord decided, CheckpointRecord? recorded)
        => recorded is not null && recorded.Status == decided.Status && recorded.Result.Span.SequenceEqual(decided.Result.Span) && recorded.Error.Span.SequenceEqual(decided.Error.Span);

    private static void Check(RunRecord run, string stepId, RecordedStep? step, IReadOnlyList<CheckpointRecord> checkpoints, bool mayTryAgain)
    {
        var why = run switch
        {
            { IsFinal: true } => "the run has ended for good. Start a new run, or fork this one: ForkAsync(stepId).",
            { Status: RunStatus.Completed } => "the run has completed. To run it differently from that step on, fork it: ForkAsync(stepId).",
            { Status: RunStatus.Pending or RunStatus.Running } => $"the run is {run.Status}, so it goes on by itself. Wait until it has ended or is suspended.",
            _ when !mayTryAgain => "the run moved each time when that was tried. Try again.",
            _ => null,
        };
        if (why is not null)
            throw new StepNotDecidableException(run.RunId, stepId, run.Status, why);
        if (step is null)
            throw new StepNotFoundException(run.RunId, stepId, RecordedStep.Tell(checkpoints));
        if (step.Outcome is { Status: CheckpointStatus.Completed })
            throw new StepNotDecidableException(run.RunId, stepId, run.Status, "it has completed, and what completed never changes. To run it again, fork the run: ForkAsync(stepId).");
    }
}
