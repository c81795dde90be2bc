using Durable.Storage;

namespace Durable.Sqlite;

/// <summary>The part of a run's row that changes, but for its lease.</summary>
internal readonly record struct RunState(string RunId, RunStatus Status, long Epoch, int Attempt, long LastSequence)
{
    public bool AcceptDivergence { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public ReadOnlyMemory<byte> Result { get; init; }

    public ReadOnlyMemory<byte> Error { get; init; }

    /// <summary>The failing set as it is stored; empty for none.</summary>
    public string FailingSet { get; init; } = "";

    public ReadOnlyMemory<byte> Cancellation { get; init; }

    public int Takeovers { get; init; }

    public long ClaimedSequence { get; init; }

    public bool IsFinal { get; init; }

    /// <summary>Counts only while it is suspended.</summary>
    public bool AwaitsMessages { get; init; }

    public int Checksum => RowChecksum.OfState(this);
}
