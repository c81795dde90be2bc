using Durable.Storage;
using Durable.Testing.History;

namespace Durable.Testing.Tests.Simulations;

/// <summary>What the hosts of a world did, in the order in which they did it, and what the checker of histories makes of it.</summary>
internal sealed class WorldHistory
{
    private readonly List<HistoryLine> _lines = [];
    private readonly Turns _turns = new();
    private readonly HistoryWriter _driver;

    public WorldHistory() => _driver = Of("driver");

    /// <summary>The ledger of a host.</summary>
    public HistoryWriter Of(string host) => new(host, _lines.Add, _turns);

    public void Killed(string host) => _driver.ProcessKilled(host);

    public void Healed() => _driver.Healed();

    /// <summary>Reads everything once more, and judges.</summary>
    public HistoryVerdict Judge(IRunStore store)
    {
        new RecordedStore(store, _driver).AuditAsync().GetAwaiter().GetResult();
        return HistoryChecker.Check(RecordedHistory.Of(_lines));
    }

    // A world has one thread: what is written first happened first.
    private sealed class Turns : TimeProvider
    {
        private long _turn;

        public override long TimestampFrequency => 1_000_000_000;

        public override long GetTimestamp() => ++_turn;
    }
}
