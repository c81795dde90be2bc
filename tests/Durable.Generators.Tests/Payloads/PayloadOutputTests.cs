using Durable.TestKit;

namespace Durable.Generators.Tests.Payloads;

/// <summary>The emitted file as a whole, and what must hold for all of it.</summary>
public sealed class PayloadOutputTests
{
    private const string Order = """
        public static class Sample { public static Shop.Order Value => null!; }
        namespace Shop
        {
            public enum Level { Low, High }
            public sealed record Order(string Id, decimal Amount, List<Line> Lines, Level Level = Level.High)
            {
                public required string Email { get; init; }
                public string Currency { get; init; } = "EUR";
                public DateOnly? Due { get; set; }
            }
            public sealed record Line(string Sku, int Quantity = 1) { public HashSet<string> Tags { get; init; } = []; }
        }
        """;

    [Fact]
    public void A_typical_set_of_records() => Snapshot.Matches(PayloadSample.Build(Order).Generated);

    [Fact]
    public void The_order_of_the_payloads_does_not_change_the_output()
    {
        const string Types = "public record A(int X, B? Y); public record B(string Z, A? W);";
        Assert.Equal(
            PayloadSample.Build($"public static class Sample {{ public static A One => null!; public static B Other => null!; }} {Types}").Generated,
            PayloadSample.Build($"public static class Sample {{ public static B One => null!; public static A Other => null!; }} {Types}").Generated);
    }

    [Fact]
    public void An_assembly_without_payloads_gets_code_that_compiles()
        => Assert.Throws<NotSupportedException>(() => PayloadSample.Build("public static class Sample { public static Action Value => null!; }").Json());
}
