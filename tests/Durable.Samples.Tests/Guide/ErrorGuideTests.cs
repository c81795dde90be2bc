namespace Durable.Samples.Tests.Guide;

/// <summary>The code in docs/guide/failure.md about errors with data does what stands there.</summary>
public sealed class ErrorGuideTests
{
    [Fact]
    public async Task The_code_goes_on_with_the_data_of_a_failure()
    {
        await using var host = await DurableHost.StartAsync(durable => durable.UseInMemory().AddWorkflows());
        Assert.Equal("3 of screws reserved", await host.Client.RunAsync(Reservation.RunCall("screws", 5)));
    }
}
