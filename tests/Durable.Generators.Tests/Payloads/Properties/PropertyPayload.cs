using System.Text.Json;

namespace Durable.Generators.Tests.Payloads.Properties;

/// <summary>A payload type of a compiled text: by the generated code, and by reflection.</summary>
internal sealed class PropertyPayload(string name, Type type, StoredForm form)
{
    /// <summary>How System.Text.Json writes by reflection what it can write.</summary>
    private static readonly JsonSerializerOptions s_reflection = new() { Converters = { new TupleArrays() } };

    public string Name => name;

    public Type Type => type;

    public override string ToString() => $"{name} ({type})";

    /// <summary>The payloads of a text, of which none has a problem.</summary>
    public static IReadOnlyList<PropertyPayload> Of(PayloadSample sample)
    {
        Assert.Empty(sample.Models.Values.SelectMany(model => model.Problems));
        return [.. sample.Assembly.GetType("Sample")!.GetProperties().Select(property => new PropertyPayload(property.Name, property.PropertyType, StoredForm.Of(sample, property.Name)))];
    }

    /// <summary>The value that a tape tells.</summary>
    public object? Value(int[] tape, bool isReversed = false) => new RandomValues(new Tape(tape), isReversed).Make(type);

    public byte[] Write(object? value) => form.Write(value);

    public object? Read(byte[] json) => form.Read(json);

    public byte[] Reflected(object? value) => JsonSerializer.SerializeToUtf8Bytes(value, type, s_reflection);

    public long Fingerprint(object? value) => form.Fingerprint(value);
}
