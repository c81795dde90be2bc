using System.ComponentModel;
using System.Text.Json;
using Durable.Serialization;

namespace Durable.CompilerServices;

/// <summary>Is told a call's arguments one by one, to fingerprint them or to record them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ArgumentsWriter
{
    private readonly FingerprintWriter? _fingerprint;
    private readonly Utf8JsonWriter? _json;

    internal ArgumentsWriter(FingerprintWriter fingerprint) => _fingerprint = fingerprint;

    private ArgumentsWriter(Utf8JsonWriter json) => _json = json;

    /// <summary>Takes an argument. They come in ordinal order of their names, in which the canonical form has them.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">The argument.</param>
    /// <param name="type">How it is stored.</param>
    /// <param name="isDefault">True when it is the parameter's declared default, which the fingerprint leaves out.</param>
    public ArgumentsWriter Add<T>(string name, T value, PayloadType<T> type, bool isDefault = false)
    {
        if (_fingerprint is null)
            return AddUnfingerprinted(name, value, type);
        if (!isDefault)
        {
            _fingerprint.Member(name);
            WriteFingerprint(_fingerprint, name, value, type);
        }

        return this;
    }

    /// <summary>Takes an argument of a type whose equal values may differ in what is stored, as zero and the negative zero.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">The argument.</param>
    /// <param name="type">How it is stored.</param>
    /// <param name="isDefault">True when it equals the parameter's declared default.</param>
    /// <param name="declared">The declared default, which the fingerprint leaves out.</param>
    public ArgumentsWriter Add<T>(string name, T value, PayloadType<T> type, bool isDefault, T declared)
        => Add(name, value, type, isDefault && (_fingerprint is null || AreSame(_fingerprint, name, value, type, declared)));

    /// <summary>Takes an argument that the user leaves out of the fingerprint.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">The argument.</param>
    /// <param name="type">How it is stored.</param>
    public ArgumentsWriter AddUnfingerprinted<T>(string name, T value, PayloadType<T> type)
    {
        if (_json is null)
            return this;
        if (type.IsSensitive)
        {
            _json.WriteString(name, Mask.Text);
        }
        else if (type.Json is { } contract)
        {
            _json.WritePropertyName(name);
            JsonSerializer.Serialize(_json, value, type.HoldsSensitive ? MaskedContracts.Of(contract) : contract);
        }

        return this;
    }

    private static bool AreSame<T>(FingerprintWriter fingerprint, string name, T value, PayloadType<T> type, T declared)
        => fingerprint.AreSame(value, declared, (writer, argument) => WriteFingerprint(writer, name, argument, type));

    // Converters, serializers and properties are user code: what they say may hold what they were given, and would be stored as the error of the run. What the engine says itself has no cause.
    private static void WriteFingerprint<T>(FingerprintWriter writer, string name, T value, PayloadType<T> type)
    {
        try
        {
            type.WriteFingerprint(writer, value);
        }
        catch (Exception exception) when (type.IsMasked && exception is not (OutOfMemoryException or PayloadException { InnerException: null }))
        {
            throw new PayloadException($"Argument '{name}' cannot be fingerprinted: {PayloadFailure.Message(type, exception is PayloadException { InnerException: { } cause } ? cause : exception)}");
        }
    }

    /// <summary>The fingerprint of a call's arguments; 0 for a step of which nothing is fingerprinted.</summary>
    /// <param name="step">The step.</param>
    /// <param name="arguments">The receiver and the arguments.</param>
    public static long Fingerprint<TArguments, TResult>(StepDefinition<TArguments, TResult> step, TArguments arguments)
        where TArguments : struct
        => step is { Arguments: { } write, IsFingerprinted: true }
            ? FingerprintWriter.Hash(static (writer, call) =>
            {
                writer.BeginObject();
                call.Write(writer.Arguments, call.Arguments);
                writer.EndObject();
            }, (Write: write, Arguments: arguments))
            : 0;

    /// <summary>Writes a call's arguments as one JSON object by parameter name, for the reader of the history: what is sensitive is masked.</summary>
    /// <param name="writer">Takes the object.</param>
    /// <param name="write">Tells the arguments.</param>
    /// <param name="arguments">The receiver and the arguments.</param>
    public static void WriteJson<TArguments>(Utf8JsonWriter writer, Action<ArgumentsWriter, TArguments> write, TArguments arguments)
    {
        writer.WriteStartObject();
        write(new ArgumentsWriter(writer), arguments);
        writer.WriteEndObject();
    }
}
