using System.Text.Json;

namespace Durable.Generators.Tests.Payloads;

/// <summary>The generated arguments type: an object by parameter name.</summary>
public sealed class ArgumentsTests
{
    private const string Types = """
        public sealed class Arguments(Order order, int count = 3, string? @class = "x")
        {
            public Order order { get; } = order; public int count { get; } = count; public string? @class { get; } = @class;
        }
        public record Order(string Id);
        """;

    [Fact]
    public void Arguments_are_stored_by_parameter_name()
        => Assert.Equal("""{"order":{"Id":"o"},"count":4,"class":"c"}""", Build(Types, "new(new(\"o\"), 4, \"c\")").Json());

    [Fact]
    public void A_missing_argument_takes_its_declared_default()
        => Assert.Equal("""{"order":{"Id":"o"},"count":3,"class":"x"}""", Build(Types).Reread("""{"order":{"Id":"o"}}"""));

    [Fact]
    public void A_missing_argument_without_a_default_is_named()
        => Assert.Contains("order", Assert.Throws<JsonException>(() => Build(Types).Reread("""{"count":4}""")).Message);

    [Fact]
    public void Arguments_with_a_type_that_cannot_be_stored_have_no_contract()
    {
        var sample = Build("public class Arguments(int a, object b) { public int a { get; } = a; public object b { get; } = b; }");
        Assert.False(sample.Models["Value"].IsStorable);
        Assert.Throws<NotSupportedException>(() => sample.Json());
    }

    private static PayloadSample Build(string types, string value = "default!") => PayloadSample.Build($"public static class Sample {{ public static Arguments Value => {value}; }} {types}");
}
