using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Durable.Generators.Tests.Payloads.Properties;

/// <summary>Values of the library's types that are stored as one token: the first are simple, then come boundaries, then any. All have a form in JSON.</summary>
internal static class HostileScalars
{
    private static readonly string[] s_texts =
    [
        "", "a", "\0", "\U0001F600", "\u00E9", "e\u0301", "\u2028\u2029", "\"\\/<>&'+`", "null", " \t\r\n\b\f", "\uFFFD", "\uFEFF", "\uD7FF\uE000", "\uDBFF\uDFFF", "\u007F\u0080\u009F", "$type", "[]", "{}", "0", new('x', 5_000),
    ];

    private static readonly Dictionary<Type, Func<Tape, object>> s_makers = new()
    {
        [typeof(bool)] = tape => tape.Next(2) == 1,
        [typeof(sbyte)] = tape => tape.Of<sbyte>(0, 1, -1, sbyte.MinValue, sbyte.MaxValue, (sbyte)tape.Bits()),
        [typeof(byte)] = tape => tape.Of<byte>(0, 1, byte.MaxValue, (byte)tape.Bits()),
        [typeof(short)] = tape => tape.Of<short>(0, 1, -1, short.MinValue, short.MaxValue, (short)tape.Bits()),
        [typeof(ushort)] = tape => tape.Of<ushort>(0, 1, ushort.MaxValue, (ushort)tape.Bits()),
        [typeof(int)] = tape => tape.Of(0, 1, -1, 5, int.MinValue, int.MaxValue, (int)tape.Bits()),
        [typeof(uint)] = tape => tape.Of<uint>(0, 1, uint.MaxValue, (uint)tape.Bits()),
        [typeof(long)] = tape => tape.Of<long>(0, 1, -1, long.MinValue, long.MaxValue, (1L << 53) + 1, tape.Bits()),
        [typeof(ulong)] = tape => tape.Of<ulong>(0, 1, ulong.MaxValue, (1UL << 63) + 1, (ulong)tape.Bits()),
        [typeof(Int128)] = tape => tape.Of<Int128>(0, 1, -1, Int128.MinValue, Int128.MaxValue, new Int128((ulong)tape.Bits(), (ulong)tape.Bits())),
        [typeof(UInt128)] = tape => tape.Of<UInt128>(0, 1, UInt128.MaxValue, new UInt128((ulong)tape.Bits(), (ulong)tape.Bits())),
        [typeof(Half)] = tape => tape.Of((Half)0, Half.One, Half.NegativeZero, Half.Epsilon, Half.MaxValue, Half.MinValue, Finite(BitConverter.Int16BitsToHalf((short)tape.Bits()))),
        [typeof(float)] = tape => tape.Of(0f, 1f, -0f, 0.1f, float.Epsilon, float.MaxValue, float.MinValue, 16_777_217f, Finite(BitConverter.Int32BitsToSingle((int)tape.Bits()))),
        [typeof(double)] = tape => tape.Of(0d, 1d, -0d, 0.1, double.Epsilon, double.MaxValue, double.MinValue, 1e21, 1e-7, 9_007_199_254_740_993, Finite(BitConverter.Int64BitsToDouble(tape.Bits()))),
        [typeof(decimal)] = tape => tape.Of(
            0m, 1m, 1.0m, 1.00m, -0.0m, 1.5m, decimal.MinValue, decimal.MaxValue, 0.0000000000000000000000000001m, 100m, 1.0000000000000000000000000000m,
            new decimal((int)tape.Bits(), (int)tape.Bits(), (int)tape.Bits(), tape.Next(2) == 1, (byte)tape.Next(29))),
        [typeof(char)] = tape => tape.Of('a', '\0', '"', '\\', '<', '\u00E9', '\uD7FF', '\uE000', '\uFFFF', (char)tape.Next(0xD800)),
        [typeof(string)] = Text,
        [typeof(Guid)] = tape => tape.Of(Guid.Empty, Guid.AllBitsSet, new Guid((int)tape.Bits(), (short)tape.Bits(), 3, BitConverter.GetBytes(tape.Bits()))),
        [typeof(DateTime)] = Time,
        [typeof(DateTimeOffset)] = tape => tape.Of(default, DateTimeOffset.MaxValue, DateTimeOffset.UnixEpoch, new(2026, 3, 29, 2, 30, 0, 1, TimeSpan.FromMinutes(tape.Next(1681) - 840)), new DateTimeOffset(AnyTicks(tape), TimeSpan.FromMinutes(tape.Next(1681) - 840))),
        [typeof(DateOnly)] = tape => tape.Of(default, DateOnly.MaxValue, new(2024, 2, 29), DateOnly.FromDayNumber(tape.Next(DateOnly.MaxValue.DayNumber))),
        [typeof(TimeOnly)] = tape => tape.Of(default, TimeOnly.MaxValue, new(12, 0), new TimeOnly(AnyTicks(tape) % TimeSpan.TicksPerDay)),
        [typeof(TimeSpan)] = tape => tape.Of(default, TimeSpan.MinValue, TimeSpan.MaxValue, TimeSpan.FromTicks(1), TimeSpan.FromDays(-1), TimeSpan.FromTicks(tape.Bits())),
        [typeof(Uri)] = tape => Link(tape.Of(
            "https://example.org/a?b=c#d", "relative/path", "", "?q=1", "#part", "../up", "urn:isbn:1", "mailto:a@b.c", "HTTP://M\u00FCnchen.DE:80/\u00FC%20x", "a b", "file:///x/y", "https://example.org", "/rooted", "/rooted?x=1")),
        [typeof(Version)] = tape => tape.Of(new(), new(1, 0), new(1, 2, 3), new Version(1, 2, 3, 4), new(int.MaxValue, int.MaxValue, int.MaxValue, int.MaxValue)),
        [typeof(byte[])] = tape => Bytes(tape),
        [typeof(Memory<byte>)] = tape => new Memory<byte>(Bytes(tape)),
        [typeof(ReadOnlyMemory<byte>)] = tape => new ReadOnlyMemory<byte>(Bytes(tape)),
        [typeof(JsonElement)] = tape => JsonElement.Parse(Node(tape, 3)?.ToJsonString() ?? "null"),
        [typeof(JsonDocument)] = tape => JsonDocument.Parse(Node(tape, 3)?.ToJsonString() ?? "null"),
        [typeof(JsonNode)] = tape => Node(tape, 3) ?? new JsonArray(),
        [typeof(JsonObject)] = tape => Object(tape, 3),
        [typeof(JsonArray)] = tape => Array(tape, 3),
        [typeof(JsonValue)] = tape => Scalar(tape) ?? JsonValue.Create(0),
    };

    /// <summary>A value; null for a type that is none of these.</summary>
    public static object? Make(Type type, Tape tape) => type.IsEnum ? Enumerated(type, tape) : s_makers.TryGetValue(type, out var make) ? make(tape) : null;

    public static bool Knows(Type type) => type.IsEnum || s_makers.ContainsKey(type);

    private static object Text(Tape tape)
    {
        var text = "";
        for (var pieces = tape.Of(1, 0, 2, 3); pieces > 0; pieces--)
            text += tape.OneIn(4) ? ((char)tape.Next(0xD800)).ToString() : tape.Of(s_texts);
        return text;
    }

    // Local times near the ends of the calendar have no form in some time zones, and the hours about a change of the clocks have two.
    private static object Time(Tape tape) => tape.Next(3) switch
    {
        0 => DateTime.SpecifyKind(tape.Of(default, new(2026, 1, 2), DateTime.MaxValue, new DateTime(AnyTicks(tape))), DateTimeKind.Unspecified),
        1 => DateTime.SpecifyKind(tape.Of(default, new(2026, 1, 2), DateTime.MaxValue, new DateTime(AnyTicks(tape))), DateTimeKind.Utc),
        _ => new DateTime(1 + tape.Next(9_000), 1, 15, 12, 30, 0, DateTimeKind.Local).AddTicks(tape.Next(10_000_000)),
    };

    private static object Enumerated(Type type, Tape tape)
    {
        var members = Enum.GetValues(type);
        if (members.Length > 0 && !tape.OneIn(4))
            return members.GetValue(tape.Next(members.Length))!;
        var number = s_makers[Enum.GetUnderlyingType(type)](tape);
        return Enum.ToObject(type, number);
    }

    private static Uri Link(string text) => new(text, text.StartsWith('/') ? UriKind.Relative : UriKind.RelativeOrAbsolute);

    private static byte[] Bytes(Tape tape)
    {
        var bytes = new byte[tape.Of(0, 1, 2, 3, 300)];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = i < 4 ? (byte)tape.Next(256) : (byte)i;
        return bytes;
    }

    private static long AnyTicks(Tape tape) => DateTimeOffset.UnixEpoch.Ticks + (tape.Bits() & 0x3F_FFFF_FFFF_FFFF);

    private static JsonNode? Node(Tape tape, int depth) => tape.Next(depth > 0 ? 4 : 2) switch
    {
        3 => Object(tape, depth - 1),
        2 => Array(tape, depth - 1),
        _ => Scalar(tape),
    };

    private static JsonObject Object(Tape tape, int depth)
    {
        var node = new JsonObject();
        for (var members = tape.Next(4); members > 0; members--)
            node[tape.OneIn(3) ? (string)Text(tape) : tape.Of("a", "b", "$type", "")] = Node(tape, depth);
        return node;
    }

    private static JsonArray Array(Tape tape, int depth)
    {
        var node = new JsonArray();
        for (var items = tape.Next(4); items > 0; items--)
            node.Add(Node(tape, depth));
        return node;
    }

    private static JsonValue? Scalar(Tape tape) => tape.Next(9) switch
    {
        0 => null,
        1 => JsonValue.Create((int)tape.Bits()),
        2 => JsonValue.Create((string)Text(tape)),
        3 => JsonValue.Create(tape.Next(2) == 1),
        4 => JsonValue.Create((decimal)s_makers[typeof(decimal)](tape)),
        5 => JsonValue.Create((double)s_makers[typeof(double)](tape)),
        6 => JsonValue.Create(Guid.AllBitsSet),
        7 => JsonValue.Create(JsonElement.Parse(tape.Of("1e400", "-1E+5", "0.1e-30", "123456789012345678901234567890.10", "1.000", "-0", "0.12345678901234567890123456789012345", "1e-400", "12e1"))),
        _ => JsonValue.Create((char)s_makers[typeof(char)](tape)),
    };

    private static Half Finite(Half value) => Half.IsFinite(value) ? value : Half.One;

    private static float Finite(float value) => float.IsFinite(value) ? value : 1f;

    private static double Finite(double value) => double.IsFinite(value) ? value : 1d;
}
