namespace Durable.Runtime.Tests.Codecs;

/// <summary>The bytes of an origin are bound into what is stored: they never change.</summary>
public sealed class PayloadOriginTests
{
    [Fact]
    public void The_bytes_of_a_payload_of_a_run_are_pinned()
        => Assert.Equal("0102000000056F2D31C3A4", Convert.ToHexString(new PayloadOrigin("o-1ä", PayloadPart.Result).ToBytes()));

    [Fact]
    public void The_bytes_of_a_payload_of_a_step_are_pinned()
        => Assert.Equal("0103000000036F2D31012F73", Convert.ToHexString(new PayloadOrigin("o-1", PayloadPart.Error, "/s").ToBytes()));

    [Fact]
    public void Different_origins_have_different_bytes()
    {
        string?[] texts = ["", "a", "ab", "\u0001", "/a", "a/b"];
        var origins =
            from run in texts
            from step in texts.Append(null)
            from part in Enum.GetValues<PayloadPart>()
            select new PayloadOrigin(run, part, step);
        Assert.Equal(6 * 7 * Enum.GetValues<PayloadPart>().Length, origins.Select(origin => Convert.ToHexString(origin.ToBytes())).Distinct().Count());
    }
}
