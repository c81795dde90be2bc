namespace Durable.BrokenStores.Tests.Stores;

/// <summary>Keeps the first bytes of a result, as many as its column holds.</summary>
internal sealed class TruncatedPayload(IRunStore inner) : DelegatingStore(inner)
{
    private const int Column = 8_000;

    public override ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
        => Inner.CommitAsync(commit with { Checkpoints = [.. commit.Checkpoints.Select(checkpoint => checkpoint with { Result = Cut(checkpoint.Result) })] }, cancellationToken);

    private static ReadOnlyMemory<byte> Cut(ReadOnlyMemory<byte> payload) => payload.Length <= Column ? payload : payload[..Column];
}
