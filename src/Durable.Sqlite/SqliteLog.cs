using Microsoft.Extensions.Logging;

namespace Durable.Sqlite;

/// <summary>What the SQLite store tells the log. Event ids are stable: 3000 to 3099.</summary>
internal static partial class SqliteLog
{
    [LoggerMessage(3000, LogLevel.Warning,
        "SQLite {Version} has the WAL-reset bug (fixed in 3.51.3): two connections that write or checkpoint at the same instant can corrupt a file. "
        + "Durable keeps its own connections apart with lock files, also across processes; do not write to {Path} with other tools while it is in use, "
        + "or reference a native SQLite package of 3.51.3 or later.")]
    public static partial void OldSqlite(ILogger logger, string version, string path);

    [LoggerMessage(3001, LogLevel.Information, "Standing by: another process works the runs in {Path}; its id is in {LockFile}. This process takes over when that one ends.")]
    public static partial void StandingBy(ILogger logger, string path, string lockFile);

    [LoggerMessage(3002, LogLevel.Information, "This process works the runs in {Path}. {Orphans} runs that an earlier process left running are claimable.")]
    public static partial void Working(ILogger logger, string path, int orphans);

    [LoggerMessage(3003, LogLevel.Error, "Run {RunId} was due and is quarantined: what is stored of it is damaged")]
    public static partial void RunSetAside(ILogger logger, string runId, Exception exception);

    [LoggerMessage(3004, LogLevel.Error, "An index names run number {Number}, which cannot be claimed as it is: the file is damaged. The run is passed over until the file is opened again; check it with PRAGMA integrity_check")]
    public static partial void RunPassedOver(ILogger logger, long number);
}
