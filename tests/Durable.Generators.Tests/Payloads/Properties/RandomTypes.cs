using System.Text;

namespace Durable.Generators.Tests.Payloads.Properties;

/// <summary>
/// Random payload types as C#, of a seed: each as one build declares it (namespace V1), and as a later one does (V2): members in another order, some added that are null or at their default, numbers wider, collections of another kind.
/// </summary>
internal sealed class RandomTypes(int seed)
{
    private static readonly string[] s_scalars =
    [
        "bool", "sbyte", "byte", "short", "ushort", "int", "int", "uint", "long", "ulong", "Int128", "UInt128", "Half", "float", "double", "decimal", "char", "string", "string", "Guid", "DateTime", "DateTimeOffset", "DateOnly", "TimeOnly", "TimeSpan",
        "Uri", "Version", "Plain", "Access", "Named", "Largest",
    ];

    // Not Memory<byte> and JsonDocument: within a struct, nothing and what is read of nothing would be two defaults.
    private static readonly string[] s_bytes = ["byte[]", "JsonElement?", "JsonNode", "JsonObject"];

    // Of these Equals sees all that is stored, so that a set or dictionary holds each once whoever made it.
    private static readonly string[] s_keys = ["string", "int", "long", "Guid", "DateOnly", "TimeSpan", "bool", "char", "Plain", "Named", "Int128", "byte"];

    private static readonly string[] s_lists = ["{0}[]", "List<{0}>", "List<{0}>", "IReadOnlyList<{0}>", "IEnumerable<{0}>", "IImmutableList<{0}>", "ImmutableList<{0}>", "Queue<{0}>", "LinkedList<{0}>"];

    private static readonly string[] s_sets = ["HashSet<{0}>", "HashSet<{0}>", "SortedSet<{0}>", "IReadOnlySet<{0}>", "ImmutableHashSet<{0}>"];

    private static readonly string[] s_dictionaries = ["Dictionary<{0}, {1}>", "Dictionary<{0}, {1}>", "SortedDictionary<{0}, {1}>", "IReadOnlyDictionary<{0}, {1}>", "ImmutableDictionary<{0}, {1}>", "OrderedDictionary<{0}, {1}>"];

    private static readonly Dictionary<string, string> s_wider = new()
    {
        ["int"] = "long", ["short"] = "int", ["byte"] = "ushort", ["uint"] = "ulong", ["long"] = "decimal", ["ulong"] = "UInt128", ["int?"] = "decimal?", ["long?"] = "Int128?",
    };

    private const int Deepest = 2;

    private readonly Random _random = new(seed);
    private readonly List<(string Name, bool IsValue)> _known = [];

    /// <summary>The text, and the names of its types.</summary>
    public (string Source, IReadOnlyList<string> Names) Make(int count)
    {
        var (before, after, names) = (new StringBuilder(), new StringBuilder(), new List<string>());
        for (var i = 0; i < count; i++)
        {
            var name = $"T{i}";
            var isValue = Declare(name, before, after);
            _known.Add((name, isValue));
            names.Add(name);
        }

        var source = $$"""
            using System.Text.Json.Nodes;
            #nullable disable warnings
            public static class Sample
            {
            {{string.Concat(names.Select(name => $"    public static V1.{name} Before{name} => default!; public static V2.{name} After{name} => default!;\n"))}}
            }
            public enum Plain { None, One, Two, Minus = -1 } [Flags] public enum Access : byte { None, Read, Write, Own = 4 } [JsonConverter(typeof(JsonStringEnumConverter<Named>))] public enum Named { None, One, Two } public enum Largest : ulong { None, Top = ulong.MaxValue }
            namespace V1
            {
            {{before}}
            public class Box<T> { public T? Value { get; set; } public List<T>? More { get; init; } }
            }
            namespace V2
            {
            {{after}}
            public record Box<T> { public List<T>? More { get; set; } public string? Later { get; init; } public T? Value { get; init; } }
            }
            """;
        return (source, names);
    }

    private bool Declare(string name, StringBuilder before, StringBuilder after)
    {
        var members = Enumerable.Range(0, _random.Next(1, 7)).Select(index => Member($"M{index}", name)).ToList();
        // A record whose one parameter is of its own type would have two copy constructors.
        if (members.Count == 1)
            members = NotOf(members, name);
        var later = members.Select(member => member with { Type = Later(member.Type) }).ToArray();
        _random.Shuffle(later);
        switch (_random.Next(9))
        {
            case 0:
                before.AppendLine(Positional("public record ", name, members, ""));
                after.AppendLine(Positional("public sealed record ", name, later, " public string? Later { get; init; }"));
                return false;
            case 1:
                before.AppendLine(Positional("public readonly record struct ", name, NotOf(members, name), ""));
                after.AppendLine(Positional("public record struct ", name, NotOf(later, name), " public int? Later { get; set; }"));
                return true;
            case 2:
                before.AppendLine(Properties("public class ", name, members, "init"));
                after.AppendLine(Properties("public sealed class ", name, later, "set", "public decimal? Later { get; init; }"));
                return false;
            case 3:
                before.AppendLine(Properties("public struct ", name, NotOf(members, name), "set"));
                after.AppendLine(Properties("public struct ", name, NotOf(later, name), "init", "public List<int>? Later { get; init; }"));
                return true;
            case 4:
                before.AppendLine(Constructed("public", name, members));
                after.AppendLine(Constructed("[JsonConstructor] private", name, later));
                return false;
            case 5:
                before.AppendLine(Constructed("[JsonConstructor] internal", name, members));
                after.AppendLine(Positional("public record ", name, later, " public Guid Later { get; init; }"));
                return false;
            case 6:
                before.AppendLine(Derived(name, members, "set", "abstract record"));
                after.AppendLine(Derived(name, later, "init", "abstract record", "public double Later { get; init; } = 0.5;"));
                return false;
            case 7:
                before.AppendLine(Derived(name, members, "init", "abstract record", isDeclaredBy: "interface"));
                after.AppendLine(Derived(name, later, "set", "abstract record", isDeclaredBy: "interface"));
                return false;
            default:
                before.AppendLine($"public abstract class {name}B {{ {Texts(members.Take(2), "init")} }} public class {name} : {name}B {{ {Texts(members.Skip(2), "set")} }}");
                after.AppendLine($"public class {name} {{ {Texts(later, "set")} public bool Later {{ get; set; }} }}");
                return false;
        }
    }

    // Values of the derived types stand for the type: what holds it stores discriminators of text and of numbers.
    private static string Derived(string name, IReadOnlyList<Part> members, string set, string ground, string more = "", string? isDeclaredBy = null)
    {
        var attributes = $"[JsonPolymorphic(TypeDiscriminatorPropertyName = \"{(name.Length % 2 == 0 ? "$kind" : "$type")}\"), JsonDerivedType(typeof({name}A), \"a\"), JsonDerivedType(typeof({name}C), 2)]";
        var shared = members.OrderBy(member => member.Name, StringComparer.Ordinal).Take(members.Count / 2).Select(member => member.Name).ToHashSet();
        return isDeclaredBy is null
            ? $"{attributes} public {ground} {name} {{ {Texts(members.Where(member => shared.Contains(member.Name)), set)} {more} }} public record {name}A : {name} {{ {Texts(members.Where(member => !shared.Contains(member.Name)), set)} }} public sealed record {name}C : {name};"
            : $"{attributes} public {isDeclaredBy} {name}; public class {name}A : {name} {{ {Texts(members.Where(member => !shared.Contains(member.Name)), set)} }} public struct {name}C : {name} {{ {Texts(NotOf(members, name).Where(member => shared.Contains(member.Name)).Select(member => member with { Constant = null }), set)} }}";
    }

    private static string Positional(string head, string name, IReadOnlyList<Part> members, string body)
    {
        var parameters = members.OrderBy(member => member.Constant is not null).Select(member => $"{member.Attributes("property: ")}{member.Type} {member.Name}{(member.Constant is { } value ? $" = {value}" : "")}");
        return $"{head}{name}({string.Join(", ", parameters)}) {{{body} }}";
    }

    private static string Properties(string head, string name, IReadOnlyList<Part> members, string set, string more = "") => $"{head}{name} {{ {(head.Contains("struct") ? Texts(members.Select(member => member with { Constant = null }), set) : Texts(members, set))} {more} }}";

    private static string Constructed(string accessibility, string name, IReadOnlyList<Part> members)
    {
        var parameters = members.OrderBy(member => member.Constant is not null).Select(member => $"{member.Type} {member.Name.ToLowerInvariant()}{(member.Constant is { } value ? $" = {value}" : "")}");
        return $"public class {name} {{ {accessibility} {name}({string.Join(", ", parameters)}) {{ {string.Concat(members.Select(member => $"{member.Name} = {member.Name.ToLowerInvariant()}; "))}}} {string.Concat(members.Select(member => $"{member.Attributes("")}public {member.Type} {member.Name} {{ get; }} "))} }}";
    }

    private static string Texts(IEnumerable<Part> members, string set)
        => string.Join(" ", members.Select(member => member.IsField
            ? $"{member.Attributes("")}[JsonInclude] public {member.Type} {member.Name}{(member.Constant is { } constant ? $" = {constant}" : "")};"
            : $"{member.Attributes("")}public {(member.IsRequired ? "required " : "")}{member.Type} {member.Name} {{ get; {set}; }}{(member.Constant is { } value && !member.IsRequired ? $" = {value};" : "")}"));

    private static List<Part> NotOf(IEnumerable<Part> members, string name) => [.. members.Select(member => member.Type == name + "?" ? member with { Type = "string?" } : member)];

    private Part Member(string name, string owner)
    {
        var type = _random.Next(12) == 0 ? owner + "?" : Type(Deepest);
        var constant = type switch
        {
            "int" or "long" or "short" or "byte" or "double" or "decimal" or "float" when _random.Next(3) == 0 => "0",
            "int" or "long" or "short" or "byte" or "decimal" when _random.Next(3) == 0 => "5",
            "double" when _random.Next(2) == 0 => "-1.5",
            "string" when _random.Next(3) == 0 => "\"EUR\"",
            "bool" when _random.Next(3) == 0 => "true",
            "Plain" when _random.Next(3) == 0 => "Plain.Two",
            "int?" when _random.Next(2) == 0 => "4",
            _ => null,
        };
        var attributes = new List<string>();
        if (_random.Next(6) == 0)
            attributes.Add($"JsonPropertyName(\"{name.ToLowerInvariant()}-ü\")");
        if (_random.Next(8) == 0)
            attributes.Add($"JsonPropertyOrder({_random.Next(-2, 3)})");
        if (type.EndsWith('?') && constant is null && _random.Next(5) == 0)
            attributes.Add("JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)");
        if (type is "int" or "long" or "List<int>" && constant is null && _random.Next(3) == 0)
            attributes.Add("JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)");
        return new Part(name, type, constant, attributes, IsRequired: attributes.Count == 0 && _random.Next(5) == 0, IsField: _random.Next(10) == 0);
    }

    private string Type(int depth)
    {
        switch (_random.Next(depth > 0 ? 15 : 7))
        {
            case < 5:
                return Of(s_scalars);
            case 5:
                return Of(s_scalars) + "?";
            case 6:
                return Of(s_bytes);
            case 7 or 8:
                return string.Format(null, Of(s_lists), Type(depth - 1));
            case 9:
                return string.Format(null, Of(s_sets), Of(s_keys));
            case 10:
                return string.Format(null, Of(s_dictionaries), Of(s_keys), Type(depth - 1));
            case 11:
                return _random.Next(3) switch
                {
                    0 => $"KeyValuePair<{Type(depth - 1)}, {Type(depth - 1)}>",
                    1 => $"Tuple<{Type(depth - 1)}, {Type(depth - 1)}>",
                    _ => $"({string.Join(", ", Enumerable.Range(0, _random.Next(8) == 0 ? 9 : _random.Next(2, 5)).Select(_ => Type(depth - 1)))})",
                };
            case 12:
                return $"Box<{Type(depth - 1)}>";
            default:
                return _known.Count == 0 ? "int" : _known[_random.Next(_known.Count)] is (var name, var isValue) && isValue && _random.Next(2) == 0 ? name + "?" : _known[^1].Name;
        }
    }

    private string Later(string type)
        => _random.Next(2) == 0 ? type
            : s_wider.TryGetValue(type, out var wider) ? wider
            : type.StartsWith("List<", StringComparison.Ordinal) ? "IReadOnly" + type
            : type.StartsWith("HashSet<", StringComparison.Ordinal) ? "System.Collections.Frozen.Frozen" + type[4..]
            : type.StartsWith("Dictionary<", StringComparison.Ordinal) ? "IReadOnly" + type
            : type.StartsWith("Tuple<", StringComparison.Ordinal) ? type + "?"
            : type;

    private string Of(string[] items) => items[_random.Next(items.Length)];

    private sealed record Part(string Name, string Type, string? Constant, IReadOnlyList<string> Settings, bool IsRequired, bool IsField)
    {
        public string Attributes(string target) => Settings.Count == 0 ? "" : $"[{target}{string.Join(", ", Settings)}] ";
    }
}
