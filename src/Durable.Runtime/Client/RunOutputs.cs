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

    public static Task<PublishedValue<T>?> PublishedAsync<T>(Engine engine, string runId, string key, long afterVersion, CancellationToken cancellationToken) => engine.Start(async () =>
    {
        InlineStep.CheckName(key);
        await engine.InitializeAsync(cancellationToken);
        while (true)
        {
            // Asked for first: what changes in between is not missed.
            var changed = engine.Signals.Changed(runId);
            var run = await engine.Store.FindRunAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
            var value = await engine.Store.FindPublishedAsync(runId, key, cancellationToken);
            if (value?.Version > afterVersion || afterVersion == 0 || HasEnded(run))
            {
                var what = $"What run '{runId}' published under '{key}'";
                return value is null ? null : new PublishedValue<T>(StoredPayload.Read(engine.Workflows.PayloadOf<T>(run, what), value.Payload.Span, what), value.Version, value.PublishedAt);
            }

            await engine.WaitAsync(changed, engine.Options.PollInterval, cancellationToken);
        }
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
        while (true)
        {
            var changed = engine.Signals.Changed(runId);
            // The run first: what it appended before its end is there then.
            var run = await engine.Store.FindRunAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
            var records = await engine.Store.ReadStreamAsync(runId, stream, from, ItemsAtOnce, cancellationToken);
            if (records.Count > 0 || HasEnded(run))
                return ([.. records.Select(record => Item<T>(engine, run, stream, record))], HasEnded(run) && records.Count < ItemsAtOnce);
            await engine.WaitAsync(changed, engine.Options.PollInterval, cancellationToken);
        }
    }

    private static StreamItem<T> Item<T>(Engine engine, RunRecord run, string stream, StreamRecord record)
    {
        var what = $"Item {record.Offset} of stream '{stream}' of run '{run.RunId}'";
        return new StreamItem<T>(StoredPayload.Read(engine.Workflows.PayloadOf<T>(run, what), record.Payload.Span, what), record.Offset, record.AppendedAt);
    }

    private static bool HasEnded(RunRecord run) => run.Status is RunStatus.Completed or RunStatus.Failed or RunStatus.Canceled;
}
