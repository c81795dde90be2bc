using Microsoft.Extensions.DependencyInjection;

namespace Durable.Samples.Tests.Guide;

/// <summary>The code in docs/guide/maps.md does what stands there.</summary>
public sealed class MapGuideTests
{
    [Fact]
    public async Task Two_answers_are_enough()
    {
        var gateway = new Gateway();
        gateway.Fail("post", new GatewayException("closed"));
        await using var host = await DurableHost.StartAsync(durable => durable.UseInMemory().AddWorkflows().Services.AddSingleton(gateway));

        var result = await host.Client.RunAsync(Quotes.CollectCall(["post", "rail", "ship"]), "quotes-1");

        // The third may still be under way.
        Assert.StartsWith("rail 12.50, ship 12.50; no answer: ", result);
    }

    [Fact]
    public async Task Where_too_few_can_answer_the_run_fails_with_the_first_failure()
    {
        var gateway = new Gateway();
        gateway.Fail("post", new GatewayException("closed"));
        await using var host = await DurableHost.StartAsync(durable => durable.UseInMemory().AddWorkflows().Services.AddSingleton(gateway));

        var failure = await Assert.ThrowsAsync<RunFailedException>(() => host.Client.RunAsync(Quotes.CollectCall(["post", "rail"]), "quotes-2"));

        Assert.True(failure.IsCausedBy<MapFailedException>());
        Assert.True(failure.IsCausedBy<GatewayException>());
    }
}
