using System.Text.Json;

namespace Durable.Generators.Tests.Payloads;

/// <summary>What stored payloads without a member become: its declared default, or an error that names it.</summary>
public sealed class DeclaredDefaultTests
{
    [Theory]
    [InlineData("public class R { public string Currency { get; set; } = \"EUR\"; }")]
    [InlineData("public class R { public string Currency { get; init; } = \"EUR\"; }")]
    [InlineData("public record R { public string Currency { get; init; } = \"EUR\"; }")]
    [InlineData("public record R(string Currency = \"EUR\");")]
    [InlineData("public record struct R(string Currency = \"EUR\");")]
    [InlineData("public struct R() { public string Currency { get; init; } = \"EUR\"; }")]
    [InlineData("public class B { public string Currency { get; init; } = \"EUR\"; } public class R : B;")]
    public void An_absent_property_keeps_its_declared_default(string declaration)
        => Assert.Equal("""{"Currency":"EUR"}""", Build(declaration).Reread("{}"));

    [Fact]
    public void An_absent_init_property_of_a_generic_type_keeps_its_declared_default()
        => Assert.Equal("""{"Value":3,"Tries":7}""", Build("public record R<T> { public T? Value { get; init; } public int Tries { get; init; } = 7; }", "R<int>").Reread("""{"Value":3}"""));

    [Fact]
    public void Declared_defaults_of_every_kind_of_constant_are_taken()
    {
        var sample = Build("""
            public record R(
                bool A = true, byte B = 1, short C = -2, long D = long.MinValue, ulong E = ulong.MaxValue, float F = 1.5f, double G = double.MaxValue, decimal H = 1.50m,
                char I = '\'', string J = "\"{0}\"\u2028", DayOfWeek K = DayOfWeek.Friday, int? L = 4, DayOfWeek? M = DayOfWeek.Monday, Guid N = default, string? O = null, int? P = null);
            """);
        Assert.Equal(sample.Reflected(), sample.Reread("{}"));
    }

    [Theory]
    [InlineData("public class R { public required string Name { get; set; } }")]
    [InlineData("public class R { public required string Name { get; init; } = \"n\"; }")]
    [InlineData("public record R(string Name);")]
    [InlineData("public record struct R(string Name);")]
    [InlineData("public record R<T>(T Name);", "R<string>")]
    [InlineData("public class R<T> { public required T Name { get; init; } }", "R<string>")]
    public void A_missing_required_member_fails_and_is_named(string declaration, string type = "R")
        => Assert.Contains("Name", Assert.Throws<JsonException>(() => PayloadSample.Build($"public static class Sample {{ public static {type} Value => default!; }} {declaration}").Reread("{}")).Message);

    [Fact]
    public void A_required_member_whose_setter_checks_its_value_is_read()
        => Assert.Equal("""{"Name":"n"}""", PayloadSample.Build("""
            public static class Sample { public static R Value => null!; }
            public class R { private string _name = ""; public required string Name { get => _name; init => _name = value ?? throw new ArgumentNullException(nameof(value)); } }
            """).Reread("""{"Name":"n"}"""));

    [Fact]
    public void Member_names_are_case_sensitive()
        => Assert.Equal("""{"Currency":"EUR"}""", Build("public class R { public string Currency { get; init; } = \"EUR\"; }").Reread("""{"currency":"USD"}"""));

    [Fact]
    public void An_unknown_member_is_passed_over()
        => Assert.Equal("""{"A":1}""", Build("public record R(int A = 0);").Reread("""{"A":1,"Later":[{}]}"""));

    [Theory]
    [InlineData("\"\\ud83dx\"")]
    [InlineData("\"x\\ud83d\"")]
    [InlineData("\"\\ude00\"")]
    public void Text_with_half_a_surrogate_pair_is_refused(string text)
        => Assert.Contains("surrogate", Assert.Throws<JsonException>(() => PayloadSample.Build($"public static class Sample {{ public static List<string> Value => [{text}]; }}").Json()).Message);

    [Fact]
    public void A_key_with_half_a_surrogate_pair_is_refused()
        => Assert.Throws<JsonException>(() => PayloadSample.Build("public static class Sample { public static Dictionary<string, int> Value => new() { [\"\\ud83d\"] = 1 }; }").Json());

    [Fact]
    public void A_character_that_is_half_a_surrogate_pair_is_refused()
        => Assert.Throws<JsonException>(() => PayloadSample.Build("public static class Sample { public static char Value => '\\ud83d'; }").Json());

    private static PayloadSample Build(string declaration, string type = "R") => PayloadSample.Build($"public static class Sample {{ public static {type} Value => new(); }} {declaration}");
}
