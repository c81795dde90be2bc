using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Durable.Sqlite.Tests;

/// <summary>A log that a test reads back.</summary>
public sealed class RecordedLog : ILogger<SqliteStore>
{
    private readonly ConcurrentQueue<(int Id, string Message)> _entries = [];

    public IEnumerable<string> Messages(int eventId) => _entries.Where(entry => entry.Id == eventId).Select(entry => entry.Message);

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        => _entries.Enqueue((eventId.Id, formatter(state, exception)));
}
