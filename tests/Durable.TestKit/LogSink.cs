using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Durable.TestKit;

/// <summary>Keeps every log line at every level, with its scopes and exceptions: what an operator could ever read.</summary>
public sealed class LogSink : ILoggerFactory, ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> _lines = new();
    private readonly AsyncLocal<string> _scope = new();

    public IReadOnlyCollection<LogLine> Lines => _lines;

    public IEnumerable<LogLine> Of(int eventId) => _lines.Where(line => line.Id == eventId);

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("This sink is the only one.");

    public void Dispose() { }

    private sealed class Logger(LogSink sink, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            var outer = sink._scope.Value;
            sink._scope.Value = $"{outer} {(state is IEnumerable<KeyValuePair<string, object?>> fields ? string.Join(' ', fields) : state)}";
            return new Scope(sink, outer);
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            => sink._lines.Enqueue(new LogLine(logLevel, eventId.Id, category, formatter(state, exception), $"{sink._scope.Value} {exception}"));
    }

    private sealed class Scope(LogSink sink, string? outer) : IDisposable
    {
        public void Dispose() => sink._scope.Value = outer!;
    }
}

/// <summary>One line; <paramref name="Rest"/> is what comes with it: scopes and exception.</summary>
public sealed record LogLine(LogLevel Level, int Id, string Category, string Text, string Rest);
