using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Durable.Execution;
using Durable.Serialization;
using Durable.Serialization.Codecs;
using Durable.Storage;

namespace Durable.Client;

/// <summary>A run and its checkpoints as one JSON document. Members have a fixed order; what is absent is left out. The format only grows.</summary>
internal static class RunExport
{
    private const int FormatVersion = 1;
    private const int FlushAt = 64 * 1024;

    // Payloads nest as deep as their types; only the reader's stack sets a limit, and it has none.
    private static readonly JsonReaderOptions s_anyDepth = new() { MaxDepth = 10_000 };

    public static Task WriteAsync(Engine engine, string runId, Stream destination, RunExportOptions options, CancellationToken cancellationToken) => engine.Start(async () =>
    {
        await engine.InitializeAsync(cancellationToken);
        var run = await engine.Store.FindRunAsync(runId, cancellationToken) ?? throw new RunNotFoundException(runId);
        var checkpoints = await engine.Store.ReadCheckpointsAsync(runId, cancellationToken);
        var shown = new ShownRun(run, engine, options.ShowSensitive);

        await using var json = new Utf8JsonWriter(destination, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        WriteRun(json, run, shown);
        json.WriteStartArray("checkpoints");
        // A run that goes on may have stored more since it was read: the document shows it as it stood then.
        foreach (var checkpoint in checkpoints.TakeWhile(checkpoint => checkpoint.Sequence <= run.LastSequence))
        {
            WriteCheckpoint(json, checkpoint, shown);
            if (json.BytesPending > FlushAt)
                await json.FlushAsync(cancellationToken);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
    });

    private static void WriteRun(Utf8JsonWriter json, RunRecord run, ShownRun shown)
    {
        json.WriteString("format", "durable-run");
        json.WriteNumber("formatVersion", FormatVersion);
        json.WriteString("runId", run.RunId);
        json.WriteString("workflow", run.Workflow.Name);
        json.WriteNumber("version", run.Workflow.Version);
        json.WriteString("status", run.Status.ToString());
        json.WriteNumber("attempt", run.Attempt);
        json.WriteNumber("epoch", run.Epoch);
        WriteTime(json, "createdAt", run.CreatedAt);
        if (run.Parent is { } parent)
            json.WriteString("parentRunId", parent.RunId);
        if (run.Progress?.Text is { } text)
            json.WriteString("statusText", text);
        if (run.WakesAt is { } wakesAt)
            WriteTime(json, "wakesAt", wakesAt);
        if (run.EndedAt is { } endedAt)
            WriteTime(json, "endedAt", endedAt);
        if (run.Worker is { } worker)
            json.WriteString("worker", worker);
        if (run.AcceptDivergence)
            json.WriteBoolean("acceptDivergence", true);
        WriteFingerprint(json, run.Fingerprint, shown);
        WriteShown(json, "input", shown.Input);
        WriteShown(json, "result", shown.Result);
        WriteShown(json, "error", shown.Error(run.Error));
    }

    private static void WriteCheckpoint(Utf8JsonWriter json, CheckpointRecord checkpoint, ShownRun shown)
    {
        json.WriteStartObject();
        json.WriteNumber("sequence", checkpoint.Sequence);
        json.WriteString("stepId", checkpoint.StepId);
        json.WriteString("kind", checkpoint.Kind.ToString());
        json.WriteString("status", checkpoint.Status.ToString());
        json.WriteNumber("attempt", checkpoint.Attempt);
        json.WriteNumber("epoch", checkpoint.Epoch);
        WriteTime(json, "startedAt", checkpoint.StartedAt);
        WriteTime(json, "completedAt", checkpoint.CompletedAt);
        if (checkpoint.DueAt is { } dueAt)
            WriteTime(json, "dueAt", dueAt);
        json.WriteString("buildId", checkpoint.BuildId);
        WriteFingerprint(json, checkpoint.Fingerprint, shown);
        WriteShown(json, "arguments", shown.ArgumentsOf(checkpoint));
        WriteShown(json, "result", shown.ResultOf(checkpoint));
        WriteShown(json, "error", shown.Error(checkpoint.Error));
        json.WriteEndObject();
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset time)
        => json.WriteString(name, time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));

    // A hash of few possible arguments, a PIN, tells which they are: it is shown with them, or not at all. As text: many readers of JSON keep 53 bits of a number.
    private static void WriteFingerprint(Utf8JsonWriter json, long fingerprint, ShownRun shown)
    {
        if (shown.ShowsAll)
            json.WriteString("fingerprint", fingerprint.ToString("x16", CultureInfo.InvariantCulture));
    }

    private static void WriteShown(Utf8JsonWriter json, string name, ShownPayload shown)
    {
        if (shown.Withheld is { } why)
            json.WriteString(name + "Withheld", why);
        else
            WritePayload(json, name, shown.Payload);
    }

    private static void WritePayload(Utf8JsonWriter json, string name, ReadOnlyMemory<byte> payload)
    {
        if (payload.IsEmpty)
            return;
        payload = UnreadablePayload.Shown(payload);
        if (!IsJson(payload.Span))
        {
            json.WriteBase64String(name + "Base64", payload.Span);
            return;
        }

        json.WritePropertyName(name);
        json.WriteRawValue(payload.Span, skipInputValidation: true);
    }

    private static bool IsJson(ReadOnlySpan<byte> payload)
    {
        // The reader looks at the structure only and would let other bytes pass in strings.
        if (!Utf8.IsValid(payload))
            return false;
        try
        {
            var reader = new Utf8JsonReader(payload, s_anyDepth);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
