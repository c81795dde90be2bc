namespace Durable.Sqlite;

/// <summary>Rows that were written before there were checksums may have none. In rows after them, a missing checksum is damage.</summary>
/// <param name="Runs">The highest number of such a run; 0 for none.</param>
/// <param name="Checkpoints">The highest row number of such a checkpoint; 0 for none.</param>
internal readonly record struct UnsummedRows(long Runs, long Checkpoints);
