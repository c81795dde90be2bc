using System.Text.Json;
using System.Text.Json.Serialization;
using Durable.Serialization.Codecs;
using Durable.Storage;

namespace Durable.Execution;

/// <summary>Where a run's first checkpoints come from: the note that stands right behind the copies.</summary>
/// <param name="From">The run that they were copied from.</param>
/// <param name="IdsOf">The run whose id Guids and random numbers were derived from behind the last of them: the same, or one that it was itself copied from.</param>
internal sealed record ForkNote(string From, string IdsOf)
{
    /// <summary>The step that the run was forked at; null for one that was restored from a checkpoint.</summary>
    public string? Step { get; init; }

    /// <summary>The last checkpoint copied, where that was asked for; otherwise null.</summary>
    public long? Checkpoint { get; init; }

    /// <summary>The note's place in the run.</summary>
    [JsonIgnore]
    public long Sequence { get; init; }

    /// <summary>When the code that the copies are replayed by began, as it was told.</summary>
    [JsonIgnore]
    public DateTimeOffset StartedAt { get; init; }

    /// <exception cref="PayloadException">The note cannot be read, or not decoded.</exception>
    public static ForkNote Read(CheckpointRecord record)
    {
        var what = $"The note of where the run was forked from (sequence {record.Sequence})";
        if (UnreadablePayload.Error(record.Result.Span, what) is { } unreadable)
            throw unreadable;
        try
        {
            return JsonSerializer.Deserialize(record.Result.Span, ForkJson.Default.ForkNote)! with { Sequence = record.Sequence, StartedAt = record.StartedAt };
        }
        catch (JsonException exception)
        {
            throw new PayloadException($"{what} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The note as a checkpoint.</summary>
    /// <param name="buildId">The build that writes it.</param>
    /// <param name="now">The time.</param>
    public CheckpointRecord ToRecord(string buildId, DateTimeOffset now) => new()
    {
        Sequence = Sequence,
        StepId = StepId.Run,
        Kind = CheckpointKind.RunForked,
        Status = CheckpointStatus.Completed,
        Attempt = 1,
        Epoch = 0,
        Fingerprint = 0,
        BuildId = buildId,
        StartedAt = StartedAt,
        CompletedAt = now,
        Result = JsonSerializer.SerializeToUtf8Bytes(this, ForkJson.Default.ForkNote),
    };
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectRequiredConstructorParameters = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(ForkNote))]
internal sealed partial class ForkJson : JsonSerializerContext;
