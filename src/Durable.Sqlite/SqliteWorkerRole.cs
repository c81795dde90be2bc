using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Durable.Sqlite;

/// <summary>The right to work the runs of a file: one process has it, for its life (docs/decisions/0011).</summary>
internal sealed class SqliteWorkerRole(SqliteDatabase database, TimeProvider clock, ILogger logger) : IDisposable
{
    // Well under the second in which a standby has to take over.
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(250);

    private readonly string _path = database.Path + "-worker";
    private readonly SemaphoreSlim _entering = new(1);
    private FileLock? _held;

    /// <summary>Returns once this store holds the role.</summary>
    /// <param name="enter">What is done once, on taking the role.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task TakeAsync(Func<Task<int>> enter, CancellationToken cancellationToken)
    {
        await _entering.WaitAsync(cancellationToken);
        try
        {
            if (_held is not null)
                return;

            var role = await WaitAsync(cancellationToken);
            try
            {
                role.Write(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
                SqliteLog.Working(logger, database.Path, await enter());
                _held = role;
            }
            finally
            {
                if (_held is null)
                    role.Dispose();
            }
        }
        finally
        {
            _entering.Release();
        }
    }

    public void Dispose() => _held?.Dispose();

    private async Task<FileLock> WaitAsync(CancellationToken cancellationToken)
    {
        var told = false;
        while (true)
        {
            if (FileLock.TryTake(_path) is { } role)
                return role;
            if (!told)
                SqliteLog.StandingBy(logger, database.Path, _path);
            told = true;
            await Task.Delay(s_poll, clock, cancellationToken);
        }
    }
}
