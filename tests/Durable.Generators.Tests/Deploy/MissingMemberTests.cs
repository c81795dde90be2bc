namespace Durable.Generators.Tests.Deploy;

/// <summary>A build reads what another one stored before a member existed: its declared default, or a quarantined run whose message names type and member.</summary>
public sealed class MissingMemberTests
{
    private const string Before = "public class R { public int A { get; set; } = 1; }";

    [Theory]
    [InlineData("public class R { public int A { get; set; } public string Currency { get; set; } = \"EUR\"; }")]
    [InlineData("public class R { public int A { get; set; } public string Currency { get; init; } = \"EUR\"; }")]
    [InlineData("public sealed record R { public int A { get; init; } public string Currency { get; init; } = \"EUR\"; }")]
    [InlineData("public sealed record R(int A, string Currency = \"EUR\");")]
    [InlineData("public readonly record struct R(int A, string Currency = \"EUR\");")]
    [InlineData("public struct R() { public int A { get; init; } = 0; public string Currency { get; init; } = \"EUR\"; }")]
    public async Task A_member_that_was_not_stored_keeps_its_declared_default(string after)
        => Assert.Equal("1 EUR", await new TwoBuilds { Before = Before, After = after, Shown = "$\"{value.A} {value.Currency}\"" }.ResultAsync());

    [Theory]
    [InlineData("public sealed record R(int A, string Currency);")]
    [InlineData("public readonly record struct R(int A, string Currency);")]
    [InlineData("public class R(int a, string currency) { public int A { get; } = a; public string Currency { get; } = currency; }", "currency")]
    [InlineData("public class R { public int A { get; set; } public required string Currency { get; init; } }")]
    [InlineData("public class R { public int A { get; set; } public required string Currency { get; init; } = \"EUR\"; }")]
    [InlineData("public class R { public int A { get; set; } [JsonRequired] public string Currency { get; init; } = \"EUR\"; }")]
    [InlineData("public class R { public int A { get; set; } [JsonRequired] public string Currency { get; set; } = \"EUR\"; }")]
    [InlineData("public sealed record R(int A, [property: JsonRequired] string Currency = \"EUR\");")]
    public async Task A_member_without_a_default_that_was_not_stored_quarantines_and_is_named_with_its_type(string after, string member = "Currency")
    {
        var message = await new TwoBuilds { Before = Before, After = after }.QuarantineAsync();
        Assert.Contains("The result of step '/Charge' (sequence 1) cannot be read as 'Acme.R'", message);
        Assert.Contains("type 'Acme.R'", message);
        Assert.Contains($"'{member}'", message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Of_a_nested_type_that_lacks_a_member_type_member_and_place_are_named()
    {
        var message = await new TwoBuilds
        {
            Before = "public record R(List<Line> Lines); public record Line(string Id);",
            Stored = "new([new(\"a\")])",
            After = "public record R(List<Line> Lines); public record Line(string Id, decimal Price);",
        }.QuarantineAsync();
        Assert.Contains("type 'Acme.Line'", message);
        Assert.Contains("'Price'", message);
        Assert.Contains("$.Lines[0]", message);
    }

    [Fact]
    public async Task A_parameter_added_to_the_workflow_with_a_default_takes_it()
        => Assert.Equal("7 EUR", await new TwoBuilds { Before = Before, ParametersBefore = "int id", Arguments = "7", After = Before, ParametersAfter = "int id, string currency = \"EUR\"", Shown = "$\"{id} {currency}\"" }.ResultAsync());

    [Fact]
    public async Task A_parameter_added_to_the_workflow_without_a_default_quarantines_and_is_named()
    {
        var message = await new TwoBuilds { Before = Before, ParametersBefore = "int id", Arguments = "7", After = Before, ParametersAfter = "int id, string currency", Shown = "$\"{id} {currency}\"" }.QuarantineAsync();
        Assert.Contains("The arguments of workflow 'Flow' cannot be read", message);
        Assert.Contains("'currency'", message);
    }

    [Fact]
    public async Task A_parameter_that_the_workflow_no_longer_has_is_passed_over()
        => Assert.Equal("7", await new TwoBuilds { Before = Before, ParametersBefore = "string note, int id", Arguments = "\"n\", 7", After = Before, ParametersAfter = "int id", Shown = "$\"{id}\"" }.ResultAsync());

    [Fact]
    public async Task Parameters_in_another_order_are_read_by_name()
        => Assert.Equal("7 n", await new TwoBuilds { Before = Before, ParametersBefore = "string note, int id", Arguments = "\"n\", 7", After = Before, ParametersAfter = "int id, string note", Shown = "$\"{id} {note}\"" }.ResultAsync());
}
