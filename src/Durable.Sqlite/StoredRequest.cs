using Durable.Storage;

namespace Durable.Sqlite;

/// <summary>A request's row as it was read.</summary>
/// <param name="Number">The row's key.</param>
/// <param name="RunNumber">The run that asks.</param>
/// <param name="Record">What it says; null when it cannot be read.</param>
/// <param name="IsSound">True when that is what was written.</param>
/// <param name="Checksum">The checksum as it is stored.</param>
internal sealed record StoredRequest(long Number, long RunNumber, RequestRecord? Record, bool IsSound, int Checksum);
