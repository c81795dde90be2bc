using Durable.Execution;
using Durable.Serialization.Codecs;
using Durable.Storage;

namespace Durable.Client;

/// <summary>New runs that begin with what another one has recorded. Works on the engine's scheduler, whatever context the caller has.</summary>
internal static class RunForks
{
    /// <summary>Begins a run with everything that was stored before the outcome of a step. Returns its id.</summary>
    public static Task<string> ForkAsync(Engine engine, string runId, string fromStep, string? newId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(fromStep);
        return CopyAsync(engine, runId, newId, new ForkNote(runId, runId) { Step = fromStep }, checkpoints => BeforeOutcome(runId, fromStep, checkpoints), cancellationToken);
    }

    /// <summary>Begins a run with everything up to a checkpoint. Returns its id.</summary>
    public static Task<string> RestoreAsync(Engine engine, string runId, long checkpoint, string? newId, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(checkpoint, 1);
        return CopyAsync(engine, runId, newId, new ForkNote(runId, runId) { Checkpoint = checkpoint }, checkpoints => checkpoint <= checkpoints.Count
            ? checkpoint
            : throw new ArgumentOutOfRangeException(nameof(checkpoint), checkpoint, $"Run '{runId}' has {checkpoints.Count} checkpoint(s). GetCheckpointsAsync() tells them."), cancellationToken);
    }

    private static Task<string> CopyAsync(Engine engine, string runId, string? newId, ForkNote note, Func<IReadOnlyList<CheckpointRecord>, long> lastOf, CancellationToken cancellationToken)
    {
        var id = newId is null ? null : DurableClient.CheckRunId(newId);
        return engine.Start(async () =>
        {
            id ??= engine.NewId().ToString("N");
            await engine.InitializeAsync(cancellationToken);
            var (run, checkpoints) = await RunHistory.ReadAsync(engine, runId, cancellationToken);
            if (run.Dropped > 0)
                throw new RunNotForkableException(runId, "what its loops had finished was removed. Start a new run.");
            if (run.Input.IsEmpty)
                throw new RunNotForkableException(runId, "its arguments are lost. Start a new run.");
            var last = lastOf(checkpoints);
            CheckReadable(run.Input, $"The arguments of run '{runId}'");
            var (created, found) = await engine.Store.CreateRunAsync(new NewRun
            {
                RunId = id,
                Workflow = run.Workflow,
                Input = run.Input,
                Fingerprint = run.Fingerprint,
                Timeout = run.Deadline - run.CreatedAt,
                Checkpoints = [.. Copies(runId, checkpoints, last), Note(run, checkpoints, last, note).ToRecord(engine.BuildId, engine.Time.GetUtcNow())],
            }, cancellationToken);
            if (created)
                engine.Signals.Accepted();
            else
                await CheckSameAsync(engine, found, note, cancellationToken);
            return id;
        });
    }

    private static long BeforeOutcome(string runId, string step, IReadOnlyList<CheckpointRecord> checkpoints)
    {
        var recorded = RecordedStep.Of(step, checkpoints) ?? throw new StepNotFoundException(runId, step, "GetCheckpointsAsync() tells its steps.");
        return recorded.Outcome is { } outcome ? outcome.Sequence - 1 : checkpoints.Count;
    }

    // Sequences stay as they are, without gaps: what the new run is to do anew is there, and does not count.
    private static IEnumerable<CheckpointRecord> Copies(string runId, IReadOnlyList<CheckpointRecord> checkpoints, long last)
    {
        var copied = checkpoints.Take((int)last).ToList();
        if (copied.Find(checkpoint => checkpoint is { Kind: CheckpointKind.CompensationStarted, Status: not CheckpointStatus.Cleared }) is { } undone)
            throw new RunNotForkableException(runId, $"from checkpoint {undone.Sequence} on it was undone. Fork it from a step before that.");
        var decided = copied.Where(checkpoint => checkpoint is { Kind: CheckpointKind.Step or CheckpointKind.Sleep or CheckpointKind.Signal or CheckpointKind.Request, Status: not (CheckpointStatus.Cleared or CheckpointStatus.Canceled) })
            .Select(checkpoint => checkpoint.StepId).ToHashSet(StringComparer.Ordinal);
        var endedChildren = copied.Where(checkpoint => checkpoint is { Kind: CheckpointKind.Child, Status: not (CheckpointStatus.Cleared or CheckpointStatus.Canceled) })
            .Select(checkpoint => Convert.ToHexString(checkpoint.Arguments.Span)).ToHashSet(StringComparer.Ordinal);
        foreach (var checkpoint in copied)
        {
            // No incarnation of the new run executed it, and nothing of it is still to come.
            var copy = checkpoint with { Epoch = 0, Wait = null, DueAt = null };
            if (!Counts(checkpoint, decided, endedChildren))
            {
                yield return copy with { Status = CheckpointStatus.Cleared, Arguments = default, Result = default, Error = default };
                continue;
            }

            foreach (var payload in (ReadOnlySpan<ReadOnlyMemory<byte>>)[copy.Arguments, copy.Result, copy.Error])
                CheckReadable(payload, $"What run '{runId}' recorded of step '{copy.StepId}' (sequence {copy.Sequence})");
            yield return copy;
        }
    }

    private static bool Counts(CheckpointRecord checkpoint, HashSet<string> decided, HashSet<string> endedChildren) => checkpoint.Status != CheckpointStatus.Cleared && checkpoint.Kind switch
    {
        CheckpointKind.StepStarted or CheckpointKind.StepAttempt or CheckpointKind.WaitStarted => decided.Contains(checkpoint.StepId),
        // A child that goes on is the original's; the new run starts one of its own.
        CheckpointKind.ChildStarted => endedChildren.Contains(Convert.ToHexString(checkpoint.Result.Span)),
        // A cancellation is the original's; the new run is asked to do what was cut off by it.
        CheckpointKind.RunAttempt or CheckpointKind.RunCanceled => false,
        CheckpointKind.Step or CheckpointKind.Sleep or CheckpointKind.Signal or CheckpointKind.Request or CheckpointKind.Child => checkpoint.Status != CheckpointStatus.Canceled,
        _ => true,
    };

    // Where the run was itself copied up to here and further, what is copied from it now derives from where that came from.
    private static ForkNote Note(RunRecord run, IReadOnlyList<CheckpointRecord> checkpoints, long last, ForkNote note)
    {
        var around = checkpoints.Skip((int)last).FirstOrDefault(checkpoint => checkpoint.Kind == CheckpointKind.RunForked) is { } record ? ForkNote.Read(record) : null;
        return note with { Sequence = last + 1, IdsOf = around?.IdsOf ?? RunIdentity.Of(run.RunId, run.Generation), StartedAt = around?.StartedAt ?? run.ContinuedAt ?? run.CreatedAt };
    }

    // The same again gets the run that exists, however far the original has come meanwhile.
    private static async Task CheckSameAsync(Engine engine, RunRecord found, ForkNote note, CancellationToken cancellationToken)
    {
        var forks = (await engine.Store.ReadCheckpointsAsync(found.RunId, cancellationToken)).Where(checkpoint => checkpoint.Kind == CheckpointKind.RunForked).Select(ForkNote.Read);
        if (forks.LastOrDefault() is not { } existing || existing.From != note.From || existing.Step != note.Step || existing.Checkpoint != note.Checkpoint)
            throw new RunConflictException(found.RunId, $"and does not begin with what run '{note.From}' had recorded {(note.Step is { } step ? $"before step '{step}'" : $"up to checkpoint {note.Checkpoint}")}");
    }

    // It would be stored under another run, bound to that: what cannot be read could not be written there so that it is ever read again.
    private static void CheckReadable(ReadOnlyMemory<byte> payload, string what)
    {
        if (UnreadablePayload.Error(payload.Span, what) is { } unreadable)
            throw unreadable;
    }
}
