using System.Collections.Concurrent;

namespace Durable.Testing.Tests.Crashes.Swept;

/// <summary>An outside service that charges once for each idempotency token, however often it is asked.</summary>
public sealed class Ledger
{
    private readonly ConcurrentDictionary<Guid, long> _charges = new();
    private int _requests;

    public int Charges => _charges.Count;

    public int Requests => _requests;

    /// <summary>Which code a host runs: raised as by a deployment.</summary>
    public int Deployed { get; set; } = 1;

    public long Charge(Guid token, long amount)
    {
        Interlocked.Increment(ref _requests);
        return _charges.GetOrAdd(token, amount);
    }
}
