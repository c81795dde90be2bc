using Microsoft.Extensions.Logging;

namespace Durable.Testing.Tests.Simulations;

/// <summary>The log lines of a host as events of its world.</summary>
internal sealed class WorldLog(World world, string host) : ILoggerFactory, ILogger
{
    private static readonly string[] s_names = [.. Enumerable.Range(0, 400).Select(id => $"log {id + 1000}")];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("This log is the only one.");

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        world.Trace.Note(s_names[eventId.Id - 1000], host, text: world.KeepsText ? formatter(state, exception) : null);
        // An incarnation that cannot be driven is the engine's own mistake.
        if (eventId.Id == 1109)
            world.Violated($"{host} logged: {formatter(state, exception)} {exception}");
    }

    public void Dispose() { }
}
