namespace Durable;

/// <summary>Every limit of the engine, in one place. Exceeding one is an error that names it.</summary>
public static class DurableLimits
{
    /// <summary>Characters in a run id.</summary>
    public const int MaxRunIdLength = 200;

    /// <summary>Characters in the name of a workflow, step or scope.</summary>
    public const int MaxNameLength = 200;

    /// <summary>Characters in a step key before it is replaced by its SHA-256 hash.</summary>
    public const int MaxKeyLength = 100;

    /// <summary>Characters in a whole step id, scopes included.</summary>
    public const int MaxStepIdLength = 1000;

    /// <summary>Bytes in one payload: a workflow's arguments or result, a step's arguments or result.</summary>
    public const int MaxPayloadBytes = 1024 * 1024;

    /// <summary>Levels of objects and lists within each other in one payload.</summary>
    public const int MaxPayloadDepth = 64;

    /// <summary>Bytes that a payload may have while <see cref="IPayloadCodec"/>s write or read it: more than any payload, whatever its encoded form claims to unpack to.</summary>
    public const int MaxDecodedPayloadBytes = 4 * MaxPayloadBytes;

    /// <summary>Characters in the name of a payload codec.</summary>
    public const int MaxCodecNameLength = 50;

    /// <summary>Payload codecs in one application, those for reading only included.</summary>
    public const int MaxPayloadCodecs = 16;

    /// <summary>Checkpoints in one run.</summary>
    public const int MaxCheckpointsPerRun = 100_000;

    /// <summary>Characters kept of an error's message and of its stack; the rest is cut.</summary>
    public const int MaxErrorTextLength = 8_000;

    /// <summary>Base type names and inner errors kept of an error.</summary>
    public const int MaxErrorDepth = 8;

    /// <summary>Runs in one page of a listing.</summary>
    public const int MaxPageSize = 1_000;

    /// <summary>Runs that a store removes at a time; a purge takes as many turns as it needs.</summary>
    public const int MaxPurgeBatch = 1_000;

    /// <summary>Signals that wait in one run's inbox. More are refused until the run takes some.</summary>
    public const int MaxSignalsWaiting = 10_000;

    /// <summary>Characters in the id that a sender gives a signal.</summary>
    public const int MaxMessageIdLength = 200;

    /// <summary>Characters in what a run says of itself.</summary>
    public const int MaxStatusTextLength = 1_000;

    /// <summary>Keys under which one run publishes values.</summary>
    public const int MaxPublishedKeys = 1_000;

    /// <summary>Characters in the reason for which a run is terminated.</summary>
    public const int MaxReasonLength = 1_000;
}
