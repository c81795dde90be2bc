namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Returns the youngest message first.</summary>
internal sealed class LastInFirstOut(IRunStore inner) : DelegatingStore(inner)
{
    public override async ValueTask<IReadOnlyList<InboxMessage>> ReadInboxAsync(string runId, long after, CancellationToken cancellationToken)
        => [.. (await Inner.ReadInboxAsync(runId, after, cancellationToken)).Reverse()];
}
