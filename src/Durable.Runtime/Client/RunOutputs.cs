using System.Runtime.CompilerServices;
using Durable.CompilerServices;
using Durable.Execution;
using Durable.Serialization;
using Durable.Storage;

namespace Durable.Client;

/// <summary>What runs show the outside. Works on the engine's scheduler, whatever context the caller has.</summary>
internal static class RunOutputs
{
    private const int ItemsAtOnce = 200;

    public static Task<PublishedValue<T>?> PublishedAsync<T>(Engine engine, string runId, string key, long afterVersion, CancellationToken cancellationToken) => engine.Start<PublishedValue<T>?>(async () =>
    {
        InlineStep.CheckName(key);
        return await LookAsync<PublishedValue<T>?>(engine, runId, async run =>
        {
            var value = await engine.Store.FindPublishedAsync(runId, key, cancellationToken);
            if (afterVersion > 0 && (value?.Version ?? 0) <= afterVersion && !HasEnded(run))
                return (false, null);
            var what = $"What run '{runId}' published under '{key}'";
            return (true, value is null ? null : new PublishedValue<T>(StoredPayload.Read(engine.Workflows.PayloadOf<T>(run, what), value.Payload.Span, what), value.Version, value.PublishedAt));
        }, cancellationToken);
    });

    public static async IAsyncEnumerable<StreamItem<T>> StreamAsync<T>(Engine engine, string runId, string stream, long fromOffset, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        InlineStep.CheckName(stream);
        ArgumentOutOfRangeException.ThrowIfNegative(fromOffset);
        while (true)
        {
            var (items, isOver) = await engine.Start(() => ReadAsync<T>(engine, runId, stream, fromOffset, cancellationToken));
            foreach (var item in items)
            {
                yield return item;
                fromOffset = item.Offset + 1;
            }

            if (isOver)
                yield break;
        }
    }

    // Waits until there is something, or there will be nothing any more.
    private static async Task<(IReadOnlyList<StreamItem<T>> Items, bool IsOver)> ReadAsync<T>(Engine engine, string runId, string stream, long from, CancellationToken cancellationToken)
    {
        await engine.InitializeAsync(cancellationToken);
        return await LookAsync<(IReadOnlyList<StreamItem<T>>, bool)>(engine, runId, async run =>
        {
            // The run was read first: what it appended before its end is there then.
            var records = await engine.Store.ReadStreamAsync(runId, stream, from, ItemsAtOnce, cancellationToken);
            return (records.Count > 0 || HasEnded(run), ([.. records.Select(record => Item<T>(engine, run, stream, record))], HasEnded(run) && records.Count < ItemsAtOnce));
        }, cancellationToken);
    }

    // Looks again whenever the run shows something new, as far as this process hears of it, and at each poll.
    private static async Task<T> LookAsync<T>(Engine engine, string runId, Func<RunRecord, Task<(bool IsDone, T Seen)>> look, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                // Asked for first: what changes in between is not missed.
                var changed = engine.Signals.Changed(runId);
                var run = await engine.Store.FindRunAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
                var (isDone, seen) = await look(run);
                if (isDone)
                    return seen;
                await engine.WaitAsync(changed, engine.Options.PollInterval, cancellationToken);
            }
        }
        finally
        {
            // Forgets the hint; others who look at this run look once more and ask for a new one.
            engine.GiveChange(runId);
        }
    }

    private static StreamItem<T> Item<T>(Engine engine, RunRecord run, string stream, StreamRecord record)
    {
        var what = $"Item {record.Offset} of stream '{stream}' of run '{run.RunId}'";
        return new StreamItem<T>(StoredPayload.Read(engine.Workflows.PayloadOf<T>(run, what), record.Payload.Span, what), record.Offset, record.AppendedAt);
    }

    private static bool HasEnded(RunRecord run) => run.Status is RunStatus.Completed or RunStatus.Failed or RunStatus.Canceled;
}
