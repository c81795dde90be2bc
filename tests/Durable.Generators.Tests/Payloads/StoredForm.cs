using Durable.CompilerServices;
using Durable.Serialization;

namespace Durable.Generators.Tests.Payloads;

/// <summary>A payload of a <see cref="PayloadSample"/> as the engine stores, reads and fingerprints it: through its codec, with what was generated.</summary>
internal abstract class StoredForm
{
    /// <summary>The stored form of what a property of the sample holds.</summary>
    public static StoredForm Of(PayloadSample sample, string property = "Value")
    {
        var getter = sample.Assembly.GetType("Sample")!.GetProperty(property)!;
        var handle = typeof(PayloadType<>).MakeGenericType(getter.PropertyType);
        var fields = sample.Assembly.GetType("Durable.Generated.Sample.DurablePayloads")!.GetFields(System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static);
        var type = fields.Single(field => field.FieldType == handle).GetValue(null)!;
        return (StoredForm)Activator.CreateInstance(typeof(Typed<>).MakeGenericType(getter.PropertyType), type, getter.GetValue(null))!;
    }

    /// <summary>The value of the property.</summary>
    public abstract object? Value { get; }

    /// <summary>What is stored of a value.</summary>
    /// <exception cref="PayloadException">It cannot be stored.</exception>
    public abstract byte[] Write(object? value);

    /// <summary>What is read of stored bytes.</summary>
    /// <exception cref="PayloadException">They cannot be read.</exception>
    public abstract object? Read(ReadOnlySpan<byte> json);

    /// <summary>The fingerprint of a value.</summary>
    public abstract long Fingerprint(object? value);

    /// <summary>What of a path into a value may be shown.</summary>
    public abstract string ShownPath(string path);

    private sealed class Typed<T>(PayloadType<T> type, T value) : StoredForm
    {
        public override object? Value => value;

        public override byte[] Write(object? value) => StoredPayload.Write(type, (T)value!, "The payload").ToArray();

        public override object? Read(ReadOnlySpan<byte> json) => StoredPayload.Read(type, json, "The payload");

        public override string ShownPath(string path) => PayloadFailure.Path(type, path);

        public override long Fingerprint(object? value) => type.Fingerprint((T)value!);
    }
}
