namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Counts the items of a stream from the first one that was asked for.</summary>
internal sealed class OffsetsOfPages(IRunStore inner) : DelegatingStore(inner)
{
    public override async ValueTask<IReadOnlyList<StreamRecord>> ReadStreamAsync(string runId, string stream, long from, int max, CancellationToken cancellationToken)
        => [.. (await Inner.ReadStreamAsync(runId, stream, from, max, cancellationToken)).Select((item, index) => item with { Offset = index })];
}
