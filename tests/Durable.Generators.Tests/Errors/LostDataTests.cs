using Durable.Generators.Tests.Sensitive;

namespace Durable.Generators.Tests.Errors;

/// <summary>Data that cannot be stored or read again is left out, equally for the first run and for every replay; the failure is recorded all the same.</summary>
public sealed class LostDataTests
{
    [Fact]
    public Task Data_beyond_the_limit_is_left_out()
        => AssertLostAsync(
            "public sealed class GateException(string text) : Exception(\"gate\") { public string Text { get; } = text; }",
            "new GateException(new string('a', DurableLimits.MaxPayloadBytes))",
            "it takes 1048587 bytes, the limit is 1048576 (DurableLimits.MaxPayloadBytes)");

    [Fact]
    public Task Data_whose_property_throws_is_left_out()
        => AssertLostAsync(
            "public sealed class GateException : Exception { public int Code { get => throw new FormatException(\"hunter2\"); set { } } public override string Message => \"gate\"; }",
            "new GateException()",
            "writing it threw System.FormatException");

    [Fact]
    public Task Data_that_the_constructor_does_not_take_back_is_left_out()
        => AssertLostAsync(
            "public sealed class GateException : Exception { public GateException(int? code) : base(\"gate\") => Code = code is 7 ? null : throw new ArgumentException(\"hunter2\"); public int? Code { get; } }",
            "new GateException(7)",
            "reading it again threw System.ArgumentException");

    [Fact]
    public async Task Errors_within_each_other_share_the_limit()
    {
        await using var watched = await WatchedRun.OfAsync(Flow(
            "public sealed class GateException(string text, Exception? innerException = null) : Exception(\"gate\", innerException) { public string Text { get; } = text; }",
            "new GateException(new string('a', 600_000), new GateException(new string('b', 600_000)))",
            """$"{((GateException)cause!).Text.Length} {cause.InnerException?.Message ?? "none"} {failure.Error.Inner!.Message}" """));
        Assert.Equal("600000 none gate", await watched.ResultAsync());
        Assert.Contains("together with those that it stands in it takes more than 1048576 bytes", Assert.Single(watched.Logs.Of(1209)).Text);
    }

    private static async Task AssertLostAsync(string type, string thrown, string problem)
    {
        Assert.Equal("none, GateException gate", await new FailingFlow { Types = "[DurableError] " + type, Thrown = thrown, Shown = Lost }.ShownAsync());
        await using var watched = await WatchedRun.OfAsync(Flow(type, thrown, Lost));
        Assert.Equal($"GateException, by which step /Charge of run run failed, is stored without its data and comes back by its names alone: {problem}", Assert.Single(watched.Logs.Of(1209)).Text);
        Assert.All(watched.Logs.Lines, line => Assert.DoesNotContain("hunter2", line.Text + line.Rest));
    }

    private const string Lost = """$"{cause?.Message ?? "none"}, {failure.ErrorTypeName} {failure.Error.Message}" """;

    private static string Flow(string type, string thrown, string shown) => new FailingFlow { Types = "[DurableError] " + type, Thrown = thrown, Shown = shown }.Source;
}
