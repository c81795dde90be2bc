using Durable.Execution;
using Durable.Serialization;
using Durable.Serialization.Codecs;
using Durable.Storage;

namespace Durable.Client;

/// <summary>What handles ask of the store. Works on the engine's scheduler, whatever context the caller has.</summary>
internal static class RunReader
{
    public static Task<RunStatus> StatusAsync(Engine engine, string runId, CancellationToken cancellationToken)
        => engine.Start(async () => (await FindAsync(engine, runId, cancellationToken)).Status);

    public static Task<RunInfo> InfoAsync(Engine engine, string runId, CancellationToken cancellationToken) => engine.Start(async () =>
    {
        var run = await FindAsync(engine, runId, cancellationToken);
        return new RunInfo
        {
            RunId = run.RunId,
            Workflow = run.Workflow.Name,
            Version = run.Workflow.Version,
            Status = run.Status,
            Attempt = run.Attempt,
            Epoch = run.Epoch,
            CreatedAt = run.CreatedAt,
            WakesAt = run.WakesAt,
            IsCancelRequested = !run.Cancellation.IsEmpty,
            Deadline = run.Deadline,
            ParentRunId = run.Parent?.RunId,
            Progress = run.Progress,
            EndedAt = run.EndedAt,
            Error = StoredError.Show(run.Error),
        };
    });

    public static Task<IReadOnlyList<Checkpoint>> CheckpointsAsync(Engine engine, string runId, CancellationToken cancellationToken) => engine.Start<IReadOnlyList<Checkpoint>>(async () =>
    {
        await engine.InitializeAsync(cancellationToken);
        var (_, checkpoints) = await RunHistory.ReadAsync(engine, runId, cancellationToken);
        return [.. checkpoints.Select(Report)];
    });

    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    /// <exception cref="RunNotResumableException">The run completed, or is final.</exception>
    public static Task ResumeAsync(Engine engine, string runId, bool acceptDivergence, CancellationToken cancellationToken) => engine.Start(async () =>
    {
        await engine.InitializeAsync(cancellationToken);
        // A run that is final stays so: what is read before the resume still holds after it.
        if (await engine.Store.FindRunAsync(runId, cancellationToken) is { IsFinal: true } final)
            throw new RunNotResumableException(runId, final.Status, isFinal: true);
        switch (await engine.Store.ResumeRunAsync(new ResumeRequest(runId, acceptDivergence), cancellationToken))
        {
            case null:
                throw new RunNotFoundException(runId);
            case RunStatus.Completed:
                throw new RunNotResumableException(runId, RunStatus.Completed, isFinal: false);
            default:
                engine.Signals.Accepted();
                break;
        }
    });

    /// <summary>Waits for the run's end; the record of a completed run.</summary>
    public static Task<RunRecord> OutcomeAsync(Engine engine, string runId, CancellationToken cancellationToken) => engine.Start(async () =>
    {
        try
        {
            while (true)
            {
                // Asked for before the run is read, so that an end in between is not missed.
                var ended = engine.Signals.Ended(runId);
                var run = await FindAsync(engine, runId, cancellationToken);
                switch (run.Status)
                {
                    case RunStatus.Completed:
                        return run;
                    case RunStatus.Failed:
                        throw Failed(engine, runId, StoredError.Show(run.Error)!);
                    case RunStatus.Quarantined:
                        throw new RunQuarantinedException(runId, StoredError.Show(run.Error)!);
                    case RunStatus.Canceled:
                        throw new RunCanceledException(runId, StoredError.Show(run.Error)?.Message);
                }

                // Another process may end the run: the signal saves waiting, polling is what is relied on.
                await engine.WaitAsync(ended, engine.Options.PollInterval, cancellationToken);
            }
        }
        finally
        {
            // Forgets the signal; others who wait for this run look once more and ask for a new one.
            engine.GiveEnd(runId);
        }
    });

    // Who only looks is not kept from it by a type that is not known here: the error is told all the same.
    private static RunFailedException Failed(Engine engine, string runId, ErrorInfo error)
    {
        try
        {
            return new RunFailedException(runId, error, engine.Errors.BringBack(error, $"The error of run '{runId}'"));
        }
        catch (PayloadException unreadable)
        {
            Log.RunErrorNotBroughtBack(engine.Log, runId, unreadable.Place ?? unreadable.Message);
            return new RunFailedException(runId, error);
        }
    }

    private static async Task<RunRecord> FindAsync(Engine engine, string runId, CancellationToken cancellationToken)
    {
        await engine.InitializeAsync(cancellationToken);
        return await engine.Store.FindRunAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
    }

    private static Checkpoint Report(CheckpointRecord record)
    {
        var id = StepId.Parse(record.StepId);
        return new Checkpoint
        {
            Sequence = record.Sequence,
            StepId = record.StepId,
            Scope = id.Scope,
            Name = id.Name,
            Key = id.Key,
            Ordinal = id.Ordinal,
            Kind = record.Kind,
            Status = record.Status,
            Attempt = record.Attempt,
            Epoch = record.Epoch,
            StartedAt = record.StartedAt,
            CompletedAt = record.CompletedAt,
            DueAt = record.DueAt,
            Arguments = UnreadablePayload.Shown(record.Arguments),
            Result = UnreadablePayload.Shown(record.Result),
            Error = StoredError.Show(record.Error),
        };
    }
}
