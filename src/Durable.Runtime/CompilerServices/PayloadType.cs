using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Durable.Serialization;

namespace Durable.CompilerServices;

/// <summary>How values of one type are stored, whatever the type.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class PayloadType
{
    private protected PayloadType() { }

    /// <summary>The declared type.</summary>
    internal abstract Type Type { get; }

    /// <summary>A stored value as it may be shown.</summary>
    internal abstract ShownPayload Show(ReadOnlyMemory<byte> stored);
}

/// <summary>How values of one type are stored and fingerprinted.</summary>
/// <typeparam name="T">The declared type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class PayloadType<T> : PayloadType
{
    private readonly JsonSerializerOptions? _contracts;
    private readonly Action<FingerprintWriter, T>? _fingerprint;
    private readonly Action<Utf8JsonWriter, T>? _write;
    private readonly bool _isStorable = true;
    private readonly Func<PayloadSerializer<T>>? _serializer;
    private int _expectedBytes;
    private JsonTypeInfo<T>? _json;

    /// <summary>A type with its contract. Its canonical form is that of its JSON.</summary>
    /// <param name="json">The contract; null for a type without a payload.</param>
    public PayloadType(JsonTypeInfo<T>? json) => _json = json;

    /// <summary>A type whose contract is made when it is first asked for.</summary>
    /// <param name="contracts">The contracts of the assembly.</param>
    /// <param name="fingerprint">Writes the canonical form of a value.</param>
    public PayloadType(JsonSerializerOptions contracts, Action<FingerprintWriter, T> fingerprint)
    {
        _contracts = contracts;
        _fingerprint = fingerprint;
    }

    /// <summary>A type that is written directly, and by its contract where that has something to say.</summary>
    /// <param name="contracts">The contracts of the assembly.</param>
    /// <param name="fingerprint">Writes the canonical form of a value.</param>
    /// <param name="write">Writes the bytes that the contract would write, or throws whatever it likes.</param>
    public PayloadType(JsonSerializerOptions contracts, Action<FingerprintWriter, T> fingerprint, Action<Utf8JsonWriter, T> write)
        : this(contracts, fingerprint)
        => _write = write;

    private PayloadType(bool isStorable) => _isStorable = isStorable;

    private PayloadType(Func<PayloadSerializer<T>> serializer) => _serializer = serializer;

    private PayloadType(PayloadType<T> type)
    {
        (_contracts, _fingerprint, _write, _isStorable, _json, _serializer) = (type._contracts, type._fingerprint, type._write, type._isStorable, type._json, type._serializer);
        (IsImmutable, HoldsSensitive, IsSensitive) = (type.IsImmutable, type.HoldsSensitive, true);
    }

    /// <summary>A type that the build refuses to store, in an assembly that was built all the same.</summary>
    public static PayloadType<T> NotStorable { get; } = new(isStorable: false);

    /// <summary>A result that is stored as the bytes of a serializer of the user's.</summary>
    /// <param name="create">Makes the serializer.</param>
    public static PayloadType<T> By<TSerializer>(Func<TSerializer> create) where TSerializer : PayloadSerializer<T>
        => new(() => PayloadSerializers.Of(create));

    /// <summary>The generated contract; null for a type without a payload.</summary>
    /// <exception cref="NotSupportedException">The type cannot be stored.</exception>
    public JsonTypeInfo<T>? Json => _isStorable
        ? _json ??= (JsonTypeInfo<T>?)_contracts?.GetTypeInfo(typeof(T))
        : throw new NotSupportedException($"'{typeof(T)}' cannot be stored. The build says why: see the DUR5xxx diagnostics of the assembly that declares the step or workflow.");

    /// <summary>True when a live value cannot differ from its stored form, so that the code may get it without a round trip.</summary>
    public bool IsImmutable { get; init; }

    /// <summary>True when values reach members that are marked <see cref="SensitiveAttribute"/>.</summary>
    public bool HoldsSensitive { get; init; }

    /// <summary>The type where it stands for a parameter or result that is marked <see cref="SensitiveAttribute"/>: stored alike, shown as a mask.</summary>
    public PayloadType<T> Sensitive => field ??= new PayloadType<T>(this);

    /// <summary>Writes the whole payload; null for one that is JSON.</summary>
    internal PayloadSerializer<T>? Serializer => _serializer?.Invoke();

    internal bool IsSensitive { get; }

    /// <summary>True when a value cannot be shown as it is stored.</summary>
    internal bool IsMasked => IsSensitive || HoldsSensitive;

    internal override Type Type => typeof(T);

    internal override ShownPayload Show(ReadOnlyMemory<byte> stored) => ShownPayload.Of(this, stored);

    /// <summary>The stored form of a value.</summary>
    /// <param name="value">The value.</param>
    /// <returns>Its JSON; nothing for a type without a payload.</returns>
    /// <exception cref="NotSupportedException">The type cannot be stored.</exception>
    /// <exception cref="JsonException">The value cannot be stored. Converters and properties are user code and may throw others.</exception>
    public byte[] Write(T value)
    {
        if (_write is not null && DirectBuffer.Write(_write, value, _expectedBytes) is { } bytes)
        {
            _expectedBytes = bytes.Length;
            return bytes;
        }

        return Json is { } json ? JsonSerializer.SerializeToUtf8Bytes(value, json) : [];
    }

    /// <summary>The fingerprint of a value.</summary>
    internal long Fingerprint(T value) => FingerprintWriter.Hash(_fingerprint ?? WriteFingerprint, value);

    internal void WriteFingerprint(FingerprintWriter writer, T value)
    {
        if (_fingerprint is not null)
            _fingerprint(writer, value);
        else if (Json is { } json)
            writer.Json(value, json);
    }
}
