using Durable.CompilerServices;
using Durable.Execution;
using Durable.Serialization;
using Durable.Storage;

namespace Durable.Client;

/// <summary>What the outside sends to runs. Works on the engine's scheduler, whatever context the caller has.</summary>
internal static class RunMessages
{
    public static Task SignalAsync<T>(Engine engine, string runId, string name, T value, string? messageId, CancellationToken cancellationToken) => engine.Start(async () =>
    {
        CheckSignal(name, messageId);
        await engine.InitializeAsync(cancellationToken);
        var run = await engine.Store.FindRunAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
        var payload = engine.Workflows.PayloadOf<T>(run, $"Signal '{name}'");
        await SendAsync(engine, new NewSignal { RunId = runId, Name = name, MessageId = messageId, Payload = StoredPayload.Write(payload, value, $"Signal '{name}'") }, cancellationToken);
    });

    public static Task SignalAsync(Engine engine, string runId, SignalCall call, string? messageId, CancellationToken cancellationToken) => engine.Start(async () =>
    {
        ArgumentNullException.ThrowIfNull(call);
        CheckSignal(call.Name, messageId);
        await engine.InitializeAsync(cancellationToken);
        await SendAsync(engine, new NewSignal { RunId = runId, Name = call.Name, MessageId = messageId, Payload = call.Payload }, cancellationToken);
    });

    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    /// <exception cref="RunNotSignalableException">The run has ended, or its inbox is full.</exception>
    public static async ValueTask<SignalVerdict> SendAsync(Engine engine, NewSignal signal, CancellationToken cancellationToken)
    {
        var verdict = await engine.Store.SendSignalAsync(signal, cancellationToken);
        switch (verdict)
        {
            case SignalVerdict.RunNotFound:
                throw new RunNotFoundException(signal.RunId);
            case SignalVerdict.RunEnded or SignalVerdict.InboxFull:
                throw new RunNotSignalableException(signal.RunId, (await engine.Store.FindRunAsync(signal.RunId, cancellationToken) ?? throw new RunNotFoundException(signal.RunId)).Status);
            default:
                engine.Signals.MessageSent(signal.RunId);
                return verdict;
        }
    }

    public static void CheckSignal(string name, string? messageId)
    {
        InlineStep.CheckName(name);
        if (messageId is null)
            return;
        ArgumentException.ThrowIfNullOrWhiteSpace(messageId);
        if (messageId.Length > DurableLimits.MaxMessageIdLength)
            throw new ArgumentException($"The message id has {messageId.Length} characters; the limit is {DurableLimits.MaxMessageIdLength} (DurableLimits.MaxMessageIdLength).", nameof(messageId));
    }

    public static Task<IReadOnlyList<RequestInfo>> ListRequestsAsync(Engine engine, RequestFilter? filter, int pageSize, RequestInfo? after, CancellationToken cancellationToken) => engine.Start<IReadOnlyList<RequestInfo>>(async () =>
    {
        if (pageSize is < 1 or > DurableLimits.MaxPageSize)
            throw new ArgumentOutOfRangeException(nameof(pageSize), pageSize, $"A page has 1 to {DurableLimits.MaxPageSize} requests (DurableLimits.MaxPageSize).");
        await engine.InitializeAsync(cancellationToken);
        var position = after is null ? (RequestPosition?)null : new RequestPosition(after.CreatedAt, after.RequestId);
        var requests = await engine.Store.ListRequestsAsync(new RequestQuery { RunId = filter?.RunId, Name = filter?.Name, After = position, Max = pageSize }, cancellationToken);
        var now = engine.Time.GetUtcNow();
        return [.. requests.Select(request => new RequestInfo
        {
            RequestId = request.RequestId,
            RunId = request.RunId,
            Name = request.Name,
            Payload = Serialization.Codecs.UnreadablePayload.Shown(request.Payload),
            CreatedAt = request.CreatedAt,
            Age = now > request.CreatedAt ? now - request.CreatedAt : TimeSpan.Zero,
            DueAt = request.DueAt,
            HeartbeatDueAt = request.HeartbeatDueAt,
        })];
    });

    public static Task AnswerAsync<TResponse>(Engine engine, string requestId, TResponse response, CancellationToken cancellationToken) => engine.Start(async () =>
    {
        var (request, run) = await FindAsync(engine, requestId, cancellationToken);
        var payload = engine.Workflows.PayloadOf<TResponse>(run, $"The answer to request '{request.Name}'");
        var answer = StoredPayload.Write(payload, response, $"The answer to request '{request.Name}'");
        await AnswerAsync(engine, new RequestAnswer { RunId = run.RunId, RequestId = requestId, Payload = answer }, cancellationToken);
    });

    public static Task RejectAsync(Engine engine, string requestId, string reason, CancellationToken cancellationToken) => engine.Start(async () =>
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        if (reason.Length > DurableLimits.MaxReasonLength)
            throw new ArgumentException($"The reason has {reason.Length} characters; the limit is {DurableLimits.MaxReasonLength} (DurableLimits.MaxReasonLength). Shorten it.", nameof(reason));
        var (_, run) = await FindAsync(engine, requestId, cancellationToken);
        var error = StoredError.Write(ErrorInfo.From(new RequestRejectedException(reason)));
        await AnswerAsync(engine, new RequestAnswer { RunId = run.RunId, RequestId = requestId, Error = error }, cancellationToken);
    });

    public static Task HeartbeatAsync(Engine engine, string requestId, CancellationToken cancellationToken) => engine.Start(async () =>
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(requestId);
        await engine.InitializeAsync(cancellationToken);
        Check(requestId, await engine.Store.HeartbeatRequestAsync(requestId, cancellationToken));
    });

    private static async Task<(RequestRecord Request, RunRecord Run)> FindAsync(Engine engine, string requestId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(requestId);
        await engine.InitializeAsync(cancellationToken);
        var request = await engine.Store.FindRequestAsync(requestId, cancellationToken) ?? throw new RequestNotFoundException(requestId);
        return (request, await engine.Store.FindRunAsync(request.RunId, cancellationToken) ?? throw new RequestNotFoundException(requestId));
    }

    private static async Task AnswerAsync(Engine engine, RequestAnswer answer, CancellationToken cancellationToken)
    {
        Check(answer.RequestId, await engine.Store.AnswerRequestAsync(answer, cancellationToken));
        engine.Signals.MessageSent(answer.RunId);
    }

    private static void Check(string requestId, RequestVerdict verdict)
    {
        switch (verdict)
        {
            case RequestVerdict.NotFound:
                throw new RequestNotFoundException(requestId);
            case RequestVerdict.Answered:
                throw new RequestAnsweredException(requestId);
            case RequestVerdict.TimedOut or RequestVerdict.Closed:
                throw new RequestClosedException(requestId, verdict == RequestVerdict.TimedOut);
        }
    }
}
