using System.Runtime.CompilerServices;
using Durable.Execution;
using Durable.Registration;
using Durable.Storage;

namespace Durable.Client;

/// <summary>The client: turns calls into runs of the store.</summary>
internal sealed class DurableClient(Engine engine) : IDurableClient
{
    private const int EnumeratedPage = 200;

    public Task<RunHandle> StartAsync(WorkflowCall call, string? runId, StartOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        return engine.Start<RunHandle>(async () => new PlainRunHandle(engine, await AcceptAsync(call, runId, options, cancellationToken)));
    }

    public Task<RunHandle<TResult>> StartAsync<TResult>(WorkflowCall<TResult> call, string? runId, StartOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        return engine.Start<RunHandle<TResult>>(async () => new TypedRunHandle<TResult>(engine, await AcceptAsync(call, runId, options, cancellationToken), call.Result));
    }

    public Task RunAsync(WorkflowCall call, string? runId, StartOptions? options, CancellationToken cancellationToken)
        => engine.Start(async () => await (await StartAsync(call, runId, options, cancellationToken)).GetResultAsync(cancellationToken));

    public Task<TResult> RunAsync<TResult>(WorkflowCall<TResult> call, string? runId, StartOptions? options, CancellationToken cancellationToken)
        => engine.Start(async () => await (await StartAsync(call, runId, options, cancellationToken)).GetResultAsync(cancellationToken));

    public RunHandle GetRun(string runId) => new PlainRunHandle(engine, CheckRunId(runId));

    public RunHandle<TResult> GetRun<TResult>(string runId) => new TypedRunHandle<TResult>(engine, CheckRunId(runId), null);

    public Task<RunPage> ListRunsAsync(RunFilter? filter, int pageSize, string? continuation, CancellationToken cancellationToken)
        => RunOperations.ListAsync(engine, filter, pageSize, continuation, cancellationToken);

    public async IAsyncEnumerable<RunInfo> EnumerateRunsAsync(RunFilter? filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? continuation = null;
        do
        {
            (var runs, continuation) = await ListRunsAsync(filter, EnumeratedPage, continuation, cancellationToken);
            foreach (var run in runs)
                yield return run;
        }
        while (continuation is not null);
    }

    public Task<long> PurgeRunsAsync(TimeSpan age, IReadOnlyCollection<RunStatus>? statuses, CancellationToken cancellationToken)
        => RunOperations.PurgeAsync(engine, age, statuses, cancellationToken);

    public Task SignalAsync<T>(string runId, string name, T value, string? messageId, CancellationToken cancellationToken)
        => RunMessages.SignalAsync(engine, CheckRunId(runId), name, value, messageId, cancellationToken);

    public Task SignalAsync(string runId, SignalCall call, string? messageId, CancellationToken cancellationToken)
        => RunMessages.SignalAsync(engine, CheckRunId(runId), call, messageId, cancellationToken);

    public Task<IReadOnlyList<RequestInfo>> ListRequestsAsync(RequestFilter? filter, int pageSize, RequestInfo? after, CancellationToken cancellationToken)
        => RunMessages.ListRequestsAsync(engine, filter, pageSize, after, cancellationToken);

    public Task AnswerRequestAsync<TResponse>(string requestId, TResponse response, CancellationToken cancellationToken)
        => RunMessages.AnswerAsync(engine, requestId, response, cancellationToken);

    public Task RejectRequestAsync(string requestId, string reason, CancellationToken cancellationToken)
        => RunMessages.RejectAsync(engine, requestId, reason, cancellationToken);

    public Task HeartbeatRequestAsync(string requestId, CancellationToken cancellationToken)
        => RunMessages.HeartbeatAsync(engine, requestId, cancellationToken);

    private async Task<string> AcceptAsync(WorkflowCall call, string? runId, StartOptions? options, CancellationToken cancellationToken)
    {
        var id = runId is null ? engine.NewId().ToString("N") : CheckRunId(runId);
        await engine.InitializeAsync(cancellationToken);
        var definition = engine.Workflows.HighestVersionOf(call);
        // A call made for older code need not fit the highest version to get the run that it started.
        if (definition != call.Definition && await engine.Store.FindRunAsync(id, cancellationToken) is null)
            WorkflowRegistry.CheckFits(call, definition);
        if (options?.Timeout is { } timeout && timeout <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(options), timeout, "A run's timeout (StartOptions.Timeout) is longer than zero. Leave it out for no limit.");
        var identity = new WorkflowIdentity(definition.Name, definition.Version);
        var (created, run) = await engine.Store.CreateRunAsync(
            new NewRun { RunId = id, Workflow = identity, Input = call.Input, Fingerprint = call.Fingerprint, Timeout = options?.Timeout }, cancellationToken);
        if (created)
        {
            engine.Signals.Accepted();
            return id;
        }

        if (run.Workflow.Name != identity.Name)
            throw new RunConflictException(id, $"as a run of workflow '{run.Workflow.Name}', not '{identity.Name}'");
        if (run.Fingerprint != call.Fingerprint)
            throw new RunConflictException(id, "with other arguments");
        if (run.Status == RunStatus.Failed && options?.IfFailed == IfFailed.Resume)
        {
            // Whatever another start has made of it meanwhile: the caller gets the run as it stands.
            await engine.Store.ResumeRunAsync(new ResumeRequest(id, AcceptDivergence: false), cancellationToken);
            engine.Signals.Accepted();
        }

        return id;
    }

    internal static string CheckRunId(string runId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(runId);
        if (runId.Length > DurableLimits.MaxRunIdLength)
            throw new ArgumentException($"The run id has {runId.Length} characters; the limit is {DurableLimits.MaxRunIdLength} (DurableLimits.MaxRunIdLength).", nameof(runId));
        if (StoredText.Problem(runId) is { } problem)
            throw new ArgumentException($"The run id {problem}, which stores cannot keep. Use other characters.", nameof(runId));
        return runId;
    }
}
