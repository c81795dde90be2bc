using Microsoft.Extensions.Logging;

namespace DataPipeline;

/// <summary>Turns what the engine logs of steps into events. The ids of its log lines are stable.</summary>
public sealed class EngineEvents(EventLog events) : ILoggerProvider, ILogger
{
    /// <summary>The category of the engine.</summary>
    public const string Category = "Durable";

    private const int StepExecuted = 1200;
    private const int StepReplayed = 1201;

    public ILogger CreateLogger(string categoryName) => this;

    public void Dispose() { }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (eventId.Id is not (StepExecuted or StepReplayed) || state is not IEnumerable<KeyValuePair<string, object?>> line)
            return;

        var values = line.ToDictionary();
        var kind = eventId.Id == StepReplayed ? EventKind.Replayed : values["Succeeded"] is true ? EventKind.Completed : EventKind.Failed;
        events.Add(kind, (string)values["StepId"]!);
    }
}
