using System.Collections.Concurrent;
using Durable.Execution;

namespace Durable.Testing.History;

/// <summary>Writes down each execution of a body, whatever the body is.</summary>
internal sealed class BodyRecorder(HistoryWriter history) : IBodyProbe
{
    private readonly ConcurrentDictionary<StepContext, long> _running = new(ReferenceEqualityComparer.Instance);

    public ValueTask StartsAsync(StepContext step, long fingerprint)
    {
        _running[step] = history.Add(new HistoryLine
        {
            Event = HistoryEvent.BodyStarted,
            RunId = step.RunId,
            StepId = step.StepId,
            Epoch = step.Epoch,
            Attempt = step.Attempt,
            AtMostOnce = step.RunsAtMostOnce ? true : null,
            Token = step.IdempotencyToken,
            Fingerprint = fingerprint,
        });
        return default;
    }

    public ValueTask EndsAsync(StepContext step)
    {
        _running.TryRemove(step, out var start);
        history.Add(new HistoryLine { Event = HistoryEvent.BodyEnded, RunId = step.RunId, StepId = step.StepId, Call = start, Abandoned = step.IsAbandoned ? true : null });
        return default;
    }
}
