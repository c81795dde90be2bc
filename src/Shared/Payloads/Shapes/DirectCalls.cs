using Durable.Code;

namespace Durable.Payloads.Shapes;

/// <summary>
/// Writes the statements that store a value without a look into its contract: the direct way, which is the faster one. A type without a direct way is written by its contract.
/// What either way cannot write is the contract's business: the direct one need only notice.
/// </summary>
/// <param name="types">The types that payloads reach.</param>
/// <param name="assembly">From within a user's type, the namespace of the assembly's writers, with a dot behind; empty among these themselves.</param>
internal sealed class DirectCalls(IEnumerable<PayloadTypeModel> types, string assembly)
{
    private readonly Dictionary<string, PayloadTypeModel> _types = PayloadModel.Distinct(types).ToDictionary(type => type.Name, StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>The type of that name; null for one that cannot be stored.</summary>
    public PayloadTypeModel? Find(string type) => _types.TryGetValue(type, out var model) ? model : null;

    /// <summary>True for text as the library stores it.</summary>
    public bool IsText(string type) => type == "string" && Find(type) is { Shape: ScalarShape };

    /// <summary>The writer of an object or tuple.</summary>
    public string Method(PayloadTypeModel type) => $"{(type.IsLocal ? "" : assembly)}DurableJson.Json_{type.Id}";

    /// <summary>A function that writes a value of a type; null for a type without a direct way.</summary>
    public string? Function(string type)
        => Find(type) is not { } model ? null
            : model.Shape.HasWriter(model, this) ? Method(model)
            : model.Shape.WriteValue("item", model, this) is { } statement ? $"static (writer, item) => {{ {statement} }}"
            : null;

    /// <summary>The function that writes a payload; null for one that its contract writes as well (one token), or should: where the direct way fails the contract comes after it, and not all values can be read twice.</summary>
    public string? Root(PayloadModel payload)
        => Find(payload.RootName) is { Shape: ScalarShape or EnumShape } || payload.Types.Any(type => !type.Shape.CanBeReadTwice) ? null : Function(payload.RootName);

    /// <summary>The statements that write a value.</summary>
    /// <param name="type">The name of its type.</param>
    /// <param name="value">The expression.</param>
    public string Value(string type, string value)
        => Find(type) is { } model && model.Shape.WriteValue(value, model, this) is { } statement ? statement : $"{Metadata.Runtime}DirectWriter.Contract(writer, {value}, DurableJson.Options);";

    /// <summary>The statements that write a member.</summary>
    /// <param name="storedName">Its name in JSON.</param>
    /// <param name="type">The name of its type.</param>
    /// <param name="value">The expression.</param>
    public string Member(string storedName, string type, string value)
    {
        var name = Name(storedName);
        return (Find(type) is { } model ? model.Shape.WriteMember(name, value, model, this) : null) ?? $"writer.WritePropertyName({name}); {Value(type, value)}";
    }

    /// <summary>Writes the class of the names that were used: encoded once, each for all types that have a member of that name.</summary>
    public void WriteNames(CodeWriter code)
    {
        if (_names.Count == 0)
            return;
        code.Line();
        code.Block("private static class Names", () =>
        {
            foreach (var name in _names)
                code.Line($"internal static readonly global::System.Text.Json.JsonEncodedText {name.Value} = {Metadata.Runtime}DirectWriter.Name({CodeText.Literal(name.Key)});");
        });
    }

    private string Name(string storedName)
    {
        if (!_names.TryGetValue(storedName, out var field))
            _names.Add(storedName, field = "_" + PayloadIdentifier.Of(storedName));
        return "Names." + field;
    }
}
