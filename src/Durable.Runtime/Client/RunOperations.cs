using Durable.Execution;
using Durable.Serialization;
using Durable.Storage;

namespace Durable.Client;

/// <summary>What operators ask for: listing, purging, terminating. Works on the engine's scheduler, whatever context the caller has.</summary>
internal static class RunOperations
{
    // Few enough that what is committed meanwhile hardly waits.
    private const int PurgeBatch = 100;

    private static readonly RunStatus[] s_purgedByDefault = [RunStatus.Completed, RunStatus.Canceled];

    public static Task<RunPage> ListAsync(Engine engine, RunFilter? filter, int pageSize, string? continuation, CancellationToken cancellationToken) => engine.Start(async () =>
    {
        filter ??= new RunFilter();
        Check(filter, pageSize);
        var query = new RunQuery
        {
            Statuses = filter.Statuses,
            Workflow = filter.Workflow,
            RunIdPrefix = filter.RunIdPrefix,
            CreatedFrom = filter.CreatedFrom,
            CreatedUntil = filter.CreatedUntil,
            After = continuation is null ? null : RunContinuation.Read(continuation, filter),
            // One more tells whether there is a next page.
            Max = pageSize + 1,
        };
        await engine.InitializeAsync(cancellationToken);
        var runs = await engine.Store.ListRunsAsync(query, cancellationToken);
        return new RunPage([.. runs.Take(pageSize).Select(Report)], runs.Count > pageSize ? RunContinuation.Write(runs[pageSize - 1].Position, filter) : null);
    });

    public static Task<long> PurgeAsync(Engine engine, TimeSpan age, IReadOnlyCollection<RunStatus>? statuses, CancellationToken cancellationToken) => engine.Start(async () =>
    {
        var request = new PurgeRequest { Statuses = statuses ?? s_purgedByDefault, Age = age, Max = PurgeBatch };
        OperationRules.Check(request);
        await engine.InitializeAsync(cancellationToken);
        var started = engine.Time.GetTimestamp();
        for (var purged = 0L; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = await engine.Store.PurgeRunsAsync(request, cancellationToken);
            purged += batch;
            if (batch == 0)
            {
                Log.RunsPurged(engine.Log, purged);
                return purged;
            }

            // As old as when the purge began: one that keeps up with what ends meanwhile would never end.
            var elapsed = engine.Time.GetElapsedTime(started);
            request = request with { Age = age > TimeSpan.MaxValue - elapsed ? TimeSpan.MaxValue : age + elapsed };
        }
    });

    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    /// <exception cref="RunNotTerminableException">The run completed or failed.</exception>
    public static Task TerminateAsync(Engine engine, string runId, string? reason, CancellationToken cancellationToken) => engine.Start(async () =>
    {
        CheckReason(reason);
        var error = string.IsNullOrWhiteSpace(reason) ? default : StoredError.Write(new ErrorInfo { TypeName = typeof(RunCanceledException).FullName!, Message = reason });
        await engine.InitializeAsync(cancellationToken);
        switch (await engine.Store.TerminateRunAsync(new TerminateRequest(runId, error), cancellationToken))
        {
            case null:
                throw new RunNotFoundException(runId);
            case RunStatus.Completed:
                throw new RunNotTerminableException(runId, RunStatus.Completed);
            case RunStatus.Failed:
                throw new RunNotTerminableException(runId, RunStatus.Failed);
            case RunStatus.Canceled:
                // What was asked for, by an earlier try perhaps whose answer was lost: those who wait may not know yet.
                break;
            case { } found:
                Log.RunTerminated(engine.Log, runId, found);
                break;
        }

        engine.Signals.Terminated(runId);
        engine.GiveEnd(runId);
    });

    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    /// <exception cref="RunNotCancelableException">The run completed or failed, or is quarantined.</exception>
    public static Task CancelAsync(Engine engine, string runId, string? reason, CancellationToken cancellationToken) => engine.Start(async () =>
    {
        CheckReason(reason);
        await engine.InitializeAsync(cancellationToken);
        switch (await engine.Store.CancelRunAsync(new CancelRequest(runId, StoredError.Cancellation(reason)), cancellationToken))
        {
            case null:
                throw new RunNotFoundException(runId);
            case (RunStatus.Completed or RunStatus.Failed or RunStatus.Quarantined) and var found:
                throw new RunNotCancelableException(runId, found);
            case RunStatus.Canceled:
                return;
            case { } found:
                Log.CancelRequested(engine.Log, runId, found);
                break;
        }

        engine.Signals.CancelRequested(runId);
        engine.Signals.Accepted();
    });

    private static void CheckReason(string? reason)
    {
        if (reason?.Length > DurableLimits.MaxReasonLength)
            throw new ArgumentException($"The reason has {reason.Length} characters; the limit is {DurableLimits.MaxReasonLength} (DurableLimits.MaxReasonLength). Shorten it.", nameof(reason));
    }

    private static void Check(RunFilter filter, int pageSize)
    {
        if (pageSize is < 1 or > DurableLimits.MaxPageSize)
            throw new ArgumentOutOfRangeException(nameof(pageSize), pageSize, $"A page has 1 to {DurableLimits.MaxPageSize} runs (DurableLimits.MaxPageSize). Ask for further pages with the continuation.");
        if (filter.Workflow is { } workflow && StoredText.Problem(workflow) is { } ofWorkflow)
            throw new ArgumentException($"The workflow's name {ofWorkflow}, which no workflow's name does. Give the name as declared.", nameof(filter));
        if (filter.RunIdPrefix is { } prefix && StoredText.Problem(prefix) is { } ofPrefix)
            throw new ArgumentException($"The prefix {ofPrefix}, which no run id does. Give the first characters of the ids as they are.", nameof(filter));
    }

    private static RunInfo Report(RunSummary run) => new()
    {
        RunId = run.RunId,
        Workflow = run.Workflow.Name,
        Version = run.Workflow.Version,
        Status = run.Status,
        Attempt = run.Attempt,
        Epoch = run.Epoch,
        CreatedAt = run.CreatedAt,
        WakesAt = run.WakesAt,
        IsCancelRequested = run.IsCancelRequested,
        Deadline = run.Deadline,
        ParentRunId = run.Parent?.RunId,
        Progress = run.Progress,
        EndedAt = run.EndedAt,
        Error = StoredError.Show(run.Error),
    };
}
