using Microsoft.Extensions.DependencyInjection;

namespace Durable.Samples.Tests.Guide;

/// <summary>The code in docs/guide/failure.md does what stands there.</summary>
public sealed class FailureGuideTests : IAsyncLifetime
{
    private readonly Gateway _gateway = new();
    private DurableHost _host = null!;

    public async Task InitializeAsync()
        => _host = await DurableHost.StartAsync(durable => durable.UseInMemory().AddWorkflows().Services.AddSingleton(_gateway));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task What_says_when_is_tried_again_then()
    {
        _gateway.Fail("charge", new GatewayBusyException(TimeSpan.FromMilliseconds(1)));

        Assert.Equal("charged 5", await PayAsync());
        Assert.Equal(["verify 1", "reserve 1", "charge 1", "charge 2"], _gateway.Calls);
    }

    [Fact]
    public async Task A_refused_card_is_not_tried_again_and_the_code_takes_another_way()
    {
        _gateway.Fail("charge", new CardRefusedException("expired"));

        Assert.Equal("invoice over 5, card expired", await PayAsync());
        Assert.Equal(["verify 1", "reserve 1", "charge 1", "invoice 1"], _gateway.Calls);
    }

    [Fact]
    public async Task A_policy_in_code_asks_the_exception()
    {
        _gateway.Fail("verify", new GatewayException("once more") { IsTransient = true });

        Assert.Equal("charged 5", await PayAsync());
        Assert.Equal(["verify 1", "verify 2", "reserve 1", "charge 1"], _gateway.Calls);
    }

    [Fact]
    public async Task A_failed_run_is_tried_again_with_its_failed_steps_only()
    {
        _gateway.Fail("charge", new InvalidOperationException("neither named nor expected"));

        Assert.Equal("charged 5", await PayAsync());
        Assert.Equal(["verify 1", "reserve 1", "charge 1", "charge 1"], _gateway.Calls);
        Assert.Equal(2, (await _host.Client.GetRun("order-17").GetInfoAsync()).Attempt);
    }

    [Fact]
    public async Task A_terminal_failure_stays_whoever_resumes()
    {
        _gateway.Fail("reserve", new GatewayException("nothing to reserve"));
        await Assert.ThrowsAsync<RunFailedException>(PayAsync);

        await ResumeAsync(_host.Client);

        await Assert.ThrowsAsync<RunFailedException>(() => _host.Client.GetRun("order-17").GetResultAsync());
        Assert.Equal(["verify 1", "reserve 1"], _gateway.Calls);
    }

    [Fact]
    public async Task A_run_that_failed_for_good_goes_on_when_it_is_started_again()
    {
        for (var attempt = 1; attempt <= 3; attempt++)
            _gateway.Fail("verify", new GatewayException("not now"));
        await Assert.ThrowsAsync<RunFailedException>(PayAsync);

        Assert.Equal("charged 5", await StartAgainAsync(_host.Client, 5));
        Assert.Equal(["verify 1", "verify 1", "verify 1", "verify 1", "reserve 1", "charge 1"], _gateway.Calls);
    }

    private Task<string> PayAsync() => _host.Client.RunAsync(Checkout.PayCall(5), "order-17");

    // An operator, once the cause is gone.
    private static Task ResumeAsync(IDurableClient client) => client.GetRun("order-17").ResumeAsync();

    // A caller that simply starts again, and wants failed runs to go on.
    private static Task<string> StartAgainAsync(IDurableClient client, decimal amount)
        => client.RunAsync(Checkout.PayCall(amount), "order-17", new StartOptions { IfFailed = IfFailed.Resume });
}
