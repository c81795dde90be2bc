using System.Globalization;
using System.Text.Json;
using Durable.CompilerServices;

namespace Durable.Runtime.Tests.Identity;

/// <summary>The canonical form of arguments. Its hashes are stored, so the golden values here never change.</summary>
public sealed class FingerprintTests
{
    [Fact]
    public void No_writer_means_no_fingerprint() => Assert.Equal(0, FingerprintWriter.Hash<int>(null, 1));

    [Theory]
    [InlineData("object", -6349817668646681338)]
    [InlineData("text", 2368444734695404822)]
    [InlineData("integer", 690469691053919260)]
    [InlineData("decimal", -7887918416630142544)]
    [InlineData("double", -7887918416630142544)]
    [InlineData("list", -4401620238433296855)]
    [InlineData("set", -3216473069126974112)]
    [InlineData("bytes", 1698813453054087704)]
    [InlineData("true", -2037445290354929027)]
    [InlineData("null", 1951943061249171757)]
    public void Golden_values_are_for_ever(string shape, long fingerprint) => Assert.Equal(fingerprint, Hash(shape switch
    {
        "object" => w =>
        {
            w.BeginObject();
            w.Member("amount");
            w.Decimal(12.50m);
            w.Member("order");
            w.Text("order-17");
            w.EndObject();
        },
        "text" => w => w.Text("Ünïcode"),
        "integer" => w => w.Integer(-42L),
        "decimal" => w => w.Decimal(0.10m),
        "double" => w => w.Double(0.1),
        "list" => w => List(w, 1, 2, 3),
        "set" => w => Set(w, "b", "a"),
        "bytes" => w => w.Bytes([1, 2, 3]),
        "true" => w => w.Boolean(true),
        _ => w => w.Null(),
    }));

    [Fact]
    public void Whole_numbers_are_equal_whatever_their_type()
    {
        Assert.Equal(Hash(w => w.Integer(5L)), Hash(w => w.Integer(5UL)));
        Assert.Equal(Hash(w => w.Integer(5L)), Hash(w => w.Number((byte)5)));
        Assert.Equal(Hash(w => w.Integer(5L)), Hash(w => w.Decimal(5m)));
    }

    [Fact]
    public void Extreme_numbers_are_told_apart()
        => Assert.Equal(4, new[] { Hash(w => w.Integer(long.MinValue)), Hash(w => w.Integer(ulong.MaxValue)), Hash(w => w.Integer(long.MaxValue)), Hash(w => w.Decimal(decimal.MinValue)) }.Distinct().Count());

    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("1.2300", "1.23")]
    [InlineData("0.000", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("0.0000000000000000000000000010", "0.000000000000000000000000001")]
    public void Decimals_are_equal_by_value(string one, string other)
        => Assert.Equal(Hash(w => w.Decimal(decimal.Parse(one, CultureInfo.InvariantCulture))), Hash(w => w.Decimal(decimal.Parse(other, CultureInfo.InvariantCulture))));

    [Fact]
    public void Null_members_are_left_out()
        => Assert.Equal(Hash(w => Object(w, ("a", "1"))), Hash(w => Object(w, ("a", "1"), ("b", null))));

    [Fact]
    public void Null_members_are_left_out_in_nested_objects_too()
    {
        Assert.Equal(Nested(("a", "1")), Nested(("a", "1"), ("b", null)));
        Assert.NotEqual(Nested(("a", "1")), Nested(("a", "1"), ("b", "")));

        static long Nested(params (string, string?)[] members) => Hash(w =>
        {
            w.BeginObject();
            w.Member("inner");
            Object(w, members);
            w.EndObject();
        });
    }

    [Fact]
    public void Null_items_of_a_list_are_kept()
        => Assert.NotEqual(Hash(w => Texts(w, "a", null)), Hash(w => Texts(w, "a")));

    [Fact]
    public void The_order_of_a_list_matters() => Assert.NotEqual(Hash(w => List(w, 1, 2)), Hash(w => List(w, 2, 1)));

    [Fact]
    public void The_order_of_a_set_does_not_matter() => Assert.Equal(Hash(w => Set(w, "c", "a", "b")), Hash(w => Set(w, "b", "c", "a")));

    [Fact]
    public void Sets_inside_sets_are_sorted_first()
    {
        Assert.Equal(Outer(["b", "a"], ["c"]), Outer(["c"], ["a", "b"]));

        static long Outer(params string[][] sets) => Hash(w =>
        {
            w.BeginUnordered();
            foreach (var set in sets)
            {
                w.Item();
                Set(w, set);
            }

            w.EndUnordered();
        });
    }

    [Fact]
    public void Neighbouring_texts_do_not_run_together()
        => Assert.NotEqual(Hash(w => Texts(w, "ab", "c")), Hash(w => Texts(w, "a", "bc")));

    [Fact]
    public void A_text_is_not_the_number_it_spells() => Assert.NotEqual(Hash(w => w.Text("5")), Hash(w => w.Integer(5L)));

    [Fact]
    public void An_object_without_members_is_neither_null_nor_an_empty_list()
        => Assert.Equal(3, new[] { Hash(w => Object(w)), Hash(w => w.Null()), Hash(w => List(w)) }.Distinct().Count());

    [Fact]
    public void Json_is_written_as_its_members_would_be()
    {
        var json = TestWorkflow.Payload<JsonElement>().Json!;
        using var document = JsonDocument.Parse("""{"b":[1,2.50],"a":"x","c":null}""");
        Assert.Equal(
            Hash(w =>
            {
                w.BeginObject();
                w.Member("a");
                w.Text("x");
                w.Member("b");
                w.BeginList();
                w.Integer(1L);
                w.Decimal(2.5m);
                w.EndList();
                w.EndObject();
            }),
            Hash(w => w.Json(document.RootElement, json)));
    }

    [Fact]
    public void Values_nested_too_deep_are_refused()
    {
        Hash(w => Deep(w, 64));
        Assert.Contains("64 levels", Assert.Throws<PayloadTooDeepException>(() => Hash(w => Deep(w, 65))).Message);
    }

    [Fact]
    public void A_writer_that_failed_leaves_nothing_behind()
    {
        var before = Hash(w => Object(w, ("a", "1")));
        Assert.Throws<PayloadTooDeepException>(() => Hash(w => Deep(w, 65)));
        Assert.Equal(before, Hash(w => Object(w, ("a", "1"))));
    }

    [Fact]
    public void A_fingerprint_may_be_taken_while_another_is_written()
        => Assert.Equal(Hash(w => Texts(w, "a", "b")), Hash(w =>
        {
            w.BeginList();
            w.Text("a");
            Hash(inner => inner.Text("elsewhere"));
            w.Text("b");
            w.EndList();
        }));

    [Fact]
    public void Long_values_are_hashed_whole()
        => Assert.NotEqual(Hash(w => w.Text(new string('a', 100_000))), Hash(w => w.Text(new string('a', 99_999) + "b")));

    private static long Hash(Action<FingerprintWriter> write) => FingerprintWriter.Hash(static (writer, write) => write(writer), write);

    private static void Object(FingerprintWriter writer, params (string Name, string? Value)[] members)
    {
        writer.BeginObject();
        foreach (var (name, value) in members)
        {
            writer.Member(name);
            writer.Text(value);
        }

        writer.EndObject();
    }

    private static void List(FingerprintWriter writer, params int[] items)
    {
        writer.BeginList();
        foreach (var item in items)
            writer.Integer(item);
        writer.EndList();
    }

    private static void Texts(FingerprintWriter writer, params string?[] items)
    {
        writer.BeginList();
        foreach (var item in items)
            writer.Text(item);
        writer.EndList();
    }

    private static void Set(FingerprintWriter writer, params string[] items)
    {
        writer.BeginUnordered();
        foreach (var item in items)
        {
            writer.Item();
            writer.Text(item);
        }

        writer.EndUnordered();
    }

    private static void Deep(FingerprintWriter writer, int depth)
    {
        for (var i = 0; i < depth; i++)
            writer.BeginList();
        for (var i = 0; i < depth; i++)
            writer.EndList();
    }
}
