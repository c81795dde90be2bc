using Durable.Storage;

namespace Durable.TestKit;

/// <summary>A store that several hosts use one after the other: none of them disposes it.</summary>
public sealed class KeptStore(IRunStore inner) : DelegatingStore(inner)
{
    public override ValueTask DisposeAsync() => default;
}
