using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;

namespace Durable.Generators.Tests.Payloads;

/// <summary>What the pipeline needs of the models, and what the engine needs to know of a type.</summary>
public sealed class PayloadModelTests
{
    private const string Source = """
        public static class Sample { public static Order Value => null!; }
        public record Order(string Id, List<Line> Lines, Dictionary<Guid, Result<int>?> Results, object Tag) { public required DayOfWeek? Day { get; init; } public string Note { get; init; } = "n"; }
        public record Line(decimal Price = 1.5m, HashSet<int>? Numbers = null);
        public readonly record struct Result<T>(T Value) { public T? Other { get; init; } }
        """;

    [Fact]
    public void Two_readings_of_one_compilation_are_equal()
    {
        var compilation = PayloadSample.Compile(Source);
        var (one, other) = (PayloadSample.Read(compilation)["Value"], PayloadSample.Read(compilation)["Value"]);
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
    }

    [Fact]
    public void An_edit_elsewhere_leaves_the_model_equal()
        => Assert.Equal(PayloadSample.Read(Source)["Value"], PayloadSample.Read(Source + " public class Unrelated;")["Value"]);

    [Fact]
    public void An_edit_of_a_reached_type_changes_the_model()
        => Assert.NotEqual(PayloadSample.Read(Source)["Value"], PayloadSample.Read(Source.Replace("1.5m", "2m"))["Value"]);

    [Fact]
    public void Models_hold_nothing_of_the_compilation()
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        Walk(PayloadSample.Read(Source)["Value"], seen);
        Assert.True(seen.Count > 50);
    }

    [Theory]
    [InlineData("bool")]
    [InlineData("ulong")]
    [InlineData("Guid?")]
    [InlineData("DayOfWeek")]
    [InlineData("DateTimeOffset")]
    [InlineData("TimeOnly?")]
    [InlineData("string")]
    [InlineData("decimal")]
    [InlineData("R", "public sealed record R(int A, string? B, S? C) { public required Guid D { get; init; } public string Both => A + B; } public readonly record struct S(decimal X);")]
    [InlineData("R<int>", "public sealed record R<T>(T A);")]
    [InlineData("(int A, (string, Guid?) B)")]
    [InlineData("Tuple<int, string>")]
    public void A_type_whose_stored_form_is_its_value_is_immutable(string type, string declaration = "") => Assert.True(Model(type, declaration).IsImmutable);

    [Theory]
    [InlineData("DateTime")]
    [InlineData("double")]
    [InlineData("float?")]
    [InlineData("char")]
    [InlineData("Uri")]
    [InlineData("int[]")]
    [InlineData("(int, int[])")]
    [InlineData("ReadOnlyMemory<byte>")]
    [InlineData("JsonElement")]
    [InlineData("ImmutableArray<int>")]
    [InlineData("R", "public record R(int A);")]
    [InlineData("R", "public record struct R(int A);")]
    [InlineData("R", "public sealed class R(int a) { public int A { get; } = a; }")]
    [InlineData("R", "public sealed record R(int A) { public int B { get; set; } }")]
    [InlineData("R", "public sealed record R(int A) { private int _b = A; public int B() => _b; }")]
    [InlineData("R", "public sealed record R(int A) { public int B { get; } = A + 1; }")]
    [InlineData("R", "public sealed record R([property: JsonIgnore] int A = 0);")]
    [InlineData("R", "public sealed record R { private readonly int _a; public int A { get => _a; init => _a = value + 1; } }")]
    [InlineData("R", "public sealed record R { public R(int a) => A = a + 1; public int A { get; } }")]
    [InlineData("R", "public sealed record R(DateTime A);")]
    [InlineData("R", "public sealed record R(S A); public record S(int B);")]
    [InlineData("R", "public sealed record R(int A) : B(A); public record B(int C);")]
    [InlineData("R<double>", "public sealed record R<T>(T A);")]
    [InlineData("E", "[JsonConverter(typeof(JsonStringEnumConverter<E>))] public enum E { A }")]
    public void A_type_whose_stored_form_may_differ_from_its_value_is_not_immutable(string type, string declaration = "") => Assert.False(Model(type, declaration).IsImmutable);

    private static Durable.Payloads.PayloadModel Model(string type, string declaration)
        => PayloadSample.Read($"public static class Sample {{ public static {type} Value => default!; }} {declaration}")["Value"];

    private static void Walk(object? value, HashSet<object> seen)
    {
        if (value is null or string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
            return;
        Assert.False(value is ISymbol or SyntaxNode or SyntaxTree or Compilation or SemanticModel or Location, value.GetType().FullName);
        if (value is IEnumerable items)
        {
            foreach (var item in items)
                Walk(item, seen);
        }

        foreach (var field in value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
            Walk(field.GetValue(value), seen);
    }
}
