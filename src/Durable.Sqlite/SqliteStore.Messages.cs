using Durable.Storage;

namespace Durable.Sqlite;

// What runs are sent, ask and show.
public sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public async ValueTask<SignalVerdict> SendSignalAsync(NewSignal signal, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        MessageRules.Check(signal);
        return await Writer.WriteAsync(writes => writes.Send(signal, Now), signal.Payload.Length);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<InboxMessage>> ReadInboxAsync(string runId, long after, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await Readers.ReadAsync(reads => reads.Messages.ReadInbox(runId, after));
    }

    /// <inheritdoc/>
    public async ValueTask<RequestRecord?> FindRequestAsync(string requestId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await Readers.ReadAsync(reads => reads.Messages.FindRequest(requestId));
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RequestRecord>> ListRequestsAsync(RequestQuery query, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        MessageRules.Check(query);
        return await Readers.ReadAsync(reads => reads.Messages.ListRequests(query));
    }

    /// <inheritdoc/>
    public async ValueTask<RequestVerdict> AnswerRequestAsync(RequestAnswer answer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await Writer.WriteAsync(writes => writes.Answer(answer, Now), answer.Payload.Length + answer.Error.Length);
    }

    /// <inheritdoc/>
    public async ValueTask<RequestVerdict> HeartbeatRequestAsync(string requestId, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await Writer.WriteAsync(writes => writes.Heartbeat(requestId, Now));
    }

    /// <inheritdoc/>
    public async ValueTask<PublishedRecord?> FindPublishedAsync(string runId, string key, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await Readers.ReadAsync(reads => reads.Messages.FindPublished(runId, key));
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<StreamRecord>> ReadStreamAsync(string runId, string stream, long from, int max, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await Readers.ReadAsync(reads => reads.Messages.ReadStream(runId, stream, from, max));
    }

    private static int PayloadBytes(RunEffects effects)
        => effects.Requests.Sum(static request => request.Payload.Length)
            + effects.Children.Sum(static child => child.Run.Input.Length + child.Run.Checkpoints.Sum(PayloadBytes))
            + effects.Published.Sum(static value => value.Payload.Length)
            + effects.Appended.Sum(static item => item.Payload.Length);
}
