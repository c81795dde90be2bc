using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Durable.Generators.Tests.Payloads.Properties;

/// <summary>Values told as text, by reflection: exactly, or only what a fingerprint has to see. Two values have one fingerprint if and only if their canonical texts are equal.</summary>
internal sealed class ValueText
{
    /// <summary>Everything that has to survive being stored.</summary>
    public static ValueText Exact { get; } = new(isCanonical: false);

    /// <summary>What counts: no members that are null or at their declared default, numbers by value.</summary>
    public static ValueText Canonical { get; } = new(isCanonical: true);

    private readonly bool _isCanonical;
    private readonly ConcurrentDictionary<Type, Dictionary<string, string>> _defaults = new();

    private ValueText(bool isCanonical) => _isCanonical = isCanonical;

    /// <summary>The text of a value of a declared type.</summary>
    public string Of(Type type, object? value) => value switch
    {
        null => "null",
        _ when Nullable.GetUnderlyingType(type) is { } underlying => Of(underlying, value),
        Enum number => Enum.Format(number.GetType(), number, "D"),
        double or float or Half => ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture),
        decimal number => _isCanonical ? Number(number.ToString(CultureInfo.InvariantCulture)) : number.ToString(CultureInfo.InvariantCulture),
        string text => Quoted(text),
        char letter => Quoted(letter.ToString()),
        DateTime { Kind: DateTimeKind.Local } time => $"local {time.ToUniversalTime().Ticks}",
        DateTime time => $"{time.Kind} {time.Ticks}",
        DateTimeOffset time => $"{time.Ticks} {time.Offset.Ticks}",
        DateOnly or TimeOnly => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        TimeSpan or Version or bool => value.ToString()!,
        Uri link => $"{Quoted(link.OriginalString)} {(link.IsAbsoluteUri ? "absolute" : "relative")}",
        byte[] bytes => Convert.ToHexString(bytes),
        Memory<byte> bytes => Convert.ToHexString(bytes.Span),
        ReadOnlyMemory<byte> bytes => Convert.ToHexString(bytes.Span),
        JsonElement element => Json(element),
        // A null reference to a document comes back as a document that holds null.
        JsonDocument document => Json(document.RootElement),
        JsonNode node => Json(JsonElement.Parse(node.ToJsonString())),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        ITuple tuple => $"[{string.Join(", ", Enumerable.Range(0, tuple.Length).Select(index => Of(ItemTypes(type).ElementAt(index), tuple[index])))}]",
        IEnumerable items => Items(type, items),
        _ => Object(type, value),
    };

    private static IEnumerable<Type> ItemTypes(Type tuple)
        => tuple.GetGenericArguments() is { Length: 8 } arguments ? [.. arguments[..7], .. ItemTypes(arguments[7])] : tuple.GetGenericArguments();

    private string Items(Type type, IEnumerable items)
    {
        var arguments = type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments();
        if (arguments.Length == 2)
        {
            var pairs = new List<string>();
            foreach (var pair in items)
                pairs.Add($"{Of(arguments[0], Part(pair, "Key"))}: {Of(arguments[1], Part(pair, "Value"))}");
            if (!type.Name.StartsWith("Ordered", StringComparison.Ordinal))
                pairs.Sort(StringComparer.Ordinal);
            return $"{{{string.Join(", ", pairs)}}}";
        }

        var texts = items.Cast<object?>().Select(item => Of(arguments[0], item)).ToList();
        if (type.Name.Contains("Set", StringComparison.Ordinal))
            texts.Sort(StringComparer.Ordinal);
        return $"[{string.Join(", ", texts)}]";
    }

    private string Object(Type declared, object value)
    {
        var type = value.GetType();
        if (type.IsDefined(typeof(JsonConverterAttribute)))
            return value.ToString()!;
        var members = StoredMember.Of(type).Select(member => (member.StoredName, Text: Of(member.Type, member.Get(value))));
        if (_isCanonical)
            members = members.Where(member => member.Text != "null" && (!Defaults(type).TryGetValue(member.StoredName, out var text) || text != member.Text));
        var name = declared.IsDefined(typeof(JsonDerivedTypeAttribute), inherit: false) ? type.Name : "";
        return $"{name}({string.Join(", ", members.OrderBy(member => member.StoredName, StringComparer.Ordinal).Select(member => $"{member.StoredName}: {member.Text}"))})";
    }

    private static object? Part(object pair, string name) => pair.GetType().GetProperty(name)!.GetValue(pair);

    private Dictionary<string, string> Defaults(Type type) => _defaults.GetOrAdd(type, _ =>
    {
        var fresh = StoredMember.Create(type, parameter => parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null);
        return StoredMember.Of(type)
            .Where(member => member.Parameter is { } parameter ? parameter.HasDefaultValue : !member.IsRequired)
            .ToDictionary(member => member.StoredName, member => Of(member.Type, member.Parameter is { } parameter ? RandomValues.DefaultOf(parameter) : member.Get(fresh)));
    });

    private string Json(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(", ", (_isCanonical ? element.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null).OrderBy(member => member.Name, StringComparer.Ordinal) : element.EnumerateObject().AsEnumerable()).Select(member => $"{Quoted(member.Name)}: {Json(member.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(", ", element.EnumerateArray().Select(Json))}]",
        JsonValueKind.String => Quoted(element.GetString()!),
        JsonValueKind.Number when _isCanonical => Number(element.GetRawText()),
        JsonValueKind.Null => "null",
        _ => element.GetRawText(),
    };

    // Digits without zeros at the ends, and the place of the point.
    private static string Number(string text)
    {
        var (mantissa, exponent) = text.ToUpperInvariant().Split('E') is [var left, var right] ? (left, BigInteger.Parse(right, CultureInfo.InvariantCulture)) : (text, 0);
        var point = mantissa.IndexOf('.');
        var digits = BigInteger.Parse(mantissa.Replace(".", ""), CultureInfo.InvariantCulture);
        exponent -= point < 0 ? 0 : mantissa.Length - point - 1;
        if (digits.IsZero)
            return "0";
        for (; digits % 10 == 0; digits /= 10)
            exponent++;
        return $"{digits}E{exponent}";
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
}
