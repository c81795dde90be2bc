using Microsoft.Extensions.Logging;

namespace Durable.Execution;

/// <summary>Adds run and step to each line as a scope; the workflow's own logger is silent on replay, so that each line appears once.</summary>
internal sealed class RunLogger : ILogger
{
    private readonly ILogger _inner;
    private readonly Func<bool>? _isSilent;
    private readonly KeyValuePair<string, object?>[] _fields;

    private RunLogger(ILogger inner, Func<bool>? isSilent, params KeyValuePair<string, object?>[] fields)
    {
        _inner = inner;
        _isSilent = isSilent;
        _fields = fields;
    }

    public static RunLogger ForWorkflow(RunDriver driver)
        => new(driver.Engine.Loggers.CreateLogger(driver.Definition.Name), () => driver.IsReplaying, new("RunId", driver.RunId), new("Workflow", driver.Definition.Name));

    public static RunLogger ForStep(RunDriver driver, string stepId)
        => new(driver.Engine.Loggers.CreateLogger(driver.Definition.Name), null, new("RunId", driver.RunId), new("Workflow", driver.Definition.Name), new("StepId", stepId));

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => _inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => _isSilent?.Invoke() != true && _inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        using (_inner.BeginScope(_fields))
            _inner.Log(logLevel, eventId, state, exception, formatter);
    }
}
