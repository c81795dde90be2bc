using Durable.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Testing.History;

/// <summary>Writes down what a host does.</summary>
public static class HistoryExtensions
{
    /// <summary>
    /// Writes down each execution of a step's body and what the store is asked and answers. Call it after everything else that decorates the store, so that what the engine is told is what is written.
    /// </summary>
    /// <param name="durable">The builder of a host or a client.</param>
    /// <param name="history">The host's own ledger; not disposed.</param>
    public static DurableBuilder RecordHistory(this DurableBuilder durable, HistoryWriter history)
    {
        ArgumentNullException.ThrowIfNull(durable);
        ArgumentNullException.ThrowIfNull(history);
        durable.Services.AddSingleton<IBodyProbe>(new BodyRecorder(history));
        return durable.DecorateStore((_, store) => new RecordedStore(store, history));
    }
}
