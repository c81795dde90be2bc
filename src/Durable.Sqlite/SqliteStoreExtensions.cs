using Durable.Sqlite;
using Durable.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Durable;

/// <summary>Chooses the SQLite store.</summary>
public static class SqliteStoreExtensions
{
    /// <summary>
    /// Keeps runs in one SQLite file, which is made when it is not there; its directory has to be there.
    /// The application references the native library, for instance the package SQLitePCLRaw.bundle_e_sqlite3.
    /// </summary>
    /// <param name="durable">The configuration.</param>
    /// <param name="path">The file. A relative path starts at the current directory.</param>
    /// <param name="configure">Changes the options.</param>
    /// <returns>The same configuration.</returns>
    public static DurableBuilder UseSqlite(this DurableBuilder durable, string path, Action<SqliteStoreOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var options = new SqliteStoreOptions();
        configure?.Invoke(options);
        return durable.UseStore(services => new SqliteStore(
            path,
            options,
            new SteadyClock(services.GetService<TimeProvider>() ?? TimeProvider.System),
            services.GetService<ILogger<SqliteStore>>() ?? NullLogger<SqliteStore>.Instance));
    }
}
