using Durable.Storage;

namespace Durable.Sqlite;

public sealed partial class SqliteStore
{
    /// <inheritdoc/>
    public ValueTask<SignalVerdict> SendSignalAsync(NewSignal signal, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<InboxMessage>> ReadInboxAsync(string runId, long after, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask<RequestRecord?> FindRequestAsync(string requestId, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<RequestRecord>> ListRequestsAsync(RequestQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask<RequestVerdict> AnswerRequestAsync(RequestAnswer answer, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask<RequestVerdict> HeartbeatRequestAsync(string requestId, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask<PublishedRecord?> FindPublishedAsync(string runId, string key, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StreamRecord>> ReadStreamAsync(string runId, string stream, long from, int max, CancellationToken cancellationToken) => throw new NotSupportedException();
}
