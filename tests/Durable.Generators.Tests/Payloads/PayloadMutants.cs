using System.Text;

namespace Durable.Generators.Tests.Payloads;

/// <summary>Damages stored JSON as disks, other programs and attackers do.</summary>
internal static class PayloadMutants
{
    private static readonly byte[][] s_values =
    [
        .. new[]
        {
            "null", "true", "{}", "[]", "\"\"", "0", "-0", "-1", "1e400", "-1e-400", "1E+2147483647", "123456789012345678901234567890123456789012345678901234567890", "0.1e-1000", "NaN", "Infinity", "01", "+1", "1.", ".5", "0x10",
            "\"NaN\"", "\"Infinity\"", "\"\\ud83d\"", "\"\\ude00\\ud83d\"", "\"\\u0000\"", "\"\\x\"", "\"\\u12\"", "'a'", "undefined", "/* c */1", "[1,]", "{\"a\":1,}", "\"2026-13-45T99:99:99Z\"", "\"2026-01-02T03:04:05+99:99\"", "\"9999-12-31T23:59:59.9999999-14:00\"",
            "\"0001-01-01T00:00:00+14:00\"", "\"99999999.23:59:59\"", "\"-10675199.02:48:05.4775808\"", "\"::::\"", "\"http://[::\"", "\"1.2.3.4.5\"", "\"AQL/=\"", "\"zzz\"", "{\"$type\":\"System.Diagnostics.Process, System\",\"$id\":\"1\"}", "{\"$ref\":\"1\"}", "{\"$values\":[]}",
            "[1,\"b\"]", "[1,\"b\",2]", "[[[1,2],[3]],null]", "{\"$type\":\"dog\"}", "{\"$type\":\"dog\",\"Name\":\"x\",\"Barks\":false}", "{\"$type\":7}", "{\"$type\":\"nope\"}", "{\"$type\":null}", "{\"$type\":[{}]}", "{\"Barks\":true,\"$type\":\"dog\"}", "{\"kind\":\"circle\"}",
        }.Select(Encoding.UTF8.GetBytes),
        [.. "\""u8, 0xC3, 0x28, .. "\""u8], [.. "\""u8, 0xED, 0xA0, 0xBD, .. "\""u8], [.. "\""u8, 0xF8, 0x88, 0x80, 0x80, 0x80, .. "\""u8], [0xFF, 0xFE], [0xEF, 0xBB, 0xBF], [0],
        Encoding.UTF8.GetBytes(new string('9', 5_000)), Encoding.UTF8.GetBytes("1." + new string('0', 5_000) + "1"), Encoding.UTF8.GetBytes($"\"{new string('x', 5_000)}\""),
        Encoding.UTF8.GetBytes(new string('[', 5_000)), Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"Next\":", 1_000))), Encoding.UTF8.GetBytes(new string('[', 60) + new string(']', 60)),
    ];

    private static readonly byte[][] s_members = [.. new[] { "\"$type\":\"System.IO.FileInfo\",", "\"$type\":\"dog\",", "\"$type\":7,", "\"$type\":1e400,", "\"$type\":null,", "\"kind\":\"circle\",", "\"kind\":{},", "\"$id\":\"1\",", "\"$ref\":\"1\",", "\"Name\":null,", "\"Parts\":[null],", "\"Unknown\":{\"a\":[1,2,{}]},", "\"\":1,", "\"\\u0000\":1,", "\"\\ud83d\":1," }.Select(Encoding.UTF8.GetBytes)];

    /// <summary>A mutant, of one to three mutations.</summary>
    public static byte[] Next(byte[] json, Random random)
    {
        var mutant = json;
        for (var left = Math.Max(1, random.Next(-2, 4)); left > 0; left--)
            mutant = Mutated(mutant, random);
        return mutant;
    }

    private static byte[] Mutated(byte[] json, Random random)
    {
        var at = random.Next(json.Length + 1);
        switch (random.Next(8))
        {
            case 0:
                return json[..at];
            case 1:
                return [.. json[..at], .. s_values[random.Next(s_values.Length)], .. json[at..]];
            case 2:
                var end = Math.Min(json.Length, at + random.Next(1, 20));
                return [.. json[..at], .. json[end..]];
            case 3:
                if (json.Length == 0)
                    return json;
                var flipped = (byte[])json.Clone();
                flipped[random.Next(json.Length)] ^= (byte)(1 << random.Next(8));
                return flipped;
            case 4:
                return AfterAny(json, "{", s_members[random.Next(s_members.Length)], random);
            case 5:
                var from = random.Next(json.Length + 1);
                return [.. json[..at], .. json[Math.Min(at, from)..Math.Max(at, from)], .. json[at..]];
            default:
                return InPlaceOfAValue(json, s_values[random.Next(s_values.Length)], random);
        }
    }

    private static byte[] AfterAny(byte[] json, string mark, byte[] insert, Random random)
    {
        var places = Enumerable.Range(0, json.Length).Where(index => json[index] == mark[0]).ToArray();
        if (places.Length == 0)
            return insert;
        var at = places[random.Next(places.Length)] + 1;
        return [.. json[..at], .. insert, .. json[at..]];
    }

    // What stands between a colon and the next comma or bracket: often a whole value.
    private static byte[] InPlaceOfAValue(byte[] json, byte[] value, Random random)
    {
        var places = Enumerable.Range(0, json.Length).Where(index => json[index] is (byte)':' or (byte)'[').ToArray();
        if (places.Length == 0)
            return value;
        var start = places[random.Next(places.Length)] + 1;
        var length = json.AsSpan(start).IndexOfAny(",]}"u8);
        return [.. json[..start], .. value, .. json[(length < 0 ? json.Length : start + length)..]];
    }
}
