using Durable.Testing.Crashes;

namespace Durable.Testing.Tests.Crashes;

public sealed class CrashPointTests
{
    [Theory]
    [InlineData("before create 1")]
    [InlineData("after commit 12")]
    [InlineData("after load 1")]
    [InlineData("inside body /Charge[order-17]#2")]
    [InlineData("before body run-2/branch#1/Second (3)")]
    public void A_point_is_read_from_its_own_text(string text) => Assert.Equal(text, CrashPoint.Parse(text).ToString());

    [Fact]
    public void Crashes_in_a_row_are_read_from_one_text()
        => Assert.Equal([new(CrashMoment.AfterCommit, 3), new(CrashMoment.InsideBody, 1, "/Charge")], CrashPoint.ParsePlan("after commit 3, then inside body /Charge"));

    [Theory, InlineData(""), InlineData("after commit"), InlineData("after commit 0"), InlineData("inside body "), InlineData("after lunch 1")]
    public void A_text_that_names_no_point_is_refused_with_examples(string text)
        => Assert.Contains("'before body /Step'", Assert.Throws<FormatException>(() => CrashPoint.Parse(text)).Message);
}
