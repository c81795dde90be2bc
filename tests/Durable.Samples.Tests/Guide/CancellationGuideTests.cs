using Microsoft.Extensions.DependencyInjection;

namespace Durable.Samples.Tests.Guide;

/// <summary>The code in docs/guide/failure.md that cancels and undoes does what stands there.</summary>
public sealed class CancellationGuideTests : IAsyncLifetime
{
    private readonly Gateway _gateway = new();
    private DurableHost _host = null!;

    public async Task InitializeAsync()
        => _host = await DurableHost.StartAsync(durable => durable.UseInMemory().AddWorkflows().Services.AddSingleton(_gateway));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task What_a_failed_run_did_is_undone_in_reverse_order()
    {
        _gateway.Fail("visa", new GatewayException("denied"));
        _gateway.Fail("cancel-hotel", new GatewayException("not now"));

        await Assert.ThrowsAsync<RunFailedException>(() => _host.Client.RunAsync(Trip.BookCall("Lima"), "trip-9"));

        Assert.Equal(["flight 1", "hotel 1", "visa 1", "cancel-hotel 1", "cancel-hotel 2", "cancel-flight 1"], _gateway.Calls);
    }

    [Fact]
    public async Task A_canceled_run_is_undone_too()
    {
        await _host.Client.StartAsync(Trip.BookCall("Lima"), "trip-9");
        await _gateway.Held;

        await CancelAsync(_host.Client, "trip-9");

        Assert.Equal(["flight 1", "hotel 1", "visa 1", "cancel-hotel 1", "cancel-flight 1"], _gateway.Calls);
    }

    [Fact]
    public async Task A_shield_brings_its_steps_to_their_end()
    {
        await _host.Client.StartAsync(Rental.RentCall("a car"), "rental-3");
        await _gateway.Held;

        await CancelAsync(_host.Client, "rental-3");

        Assert.Equal(["drive 1", "return 1"], _gateway.Calls);
    }

    [Fact]
    public async Task A_run_that_takes_too_long_is_canceled()
    {
        var run = await _host.Client.StartAsync(Trip.BookCall("Lima"), "trip-9", new StartOptions { Timeout = TimeSpan.FromMilliseconds(50) });

        await Assert.ThrowsAsync<RunCanceledException>(() => run.GetResultAsync());
    }

    private static async Task CancelAsync(IDurableClient client, string runId)
    {
        var run = client.GetRun(runId);
        await run.CancelAsync("the customer withdrew");
        try
        {
            await run.GetResultAsync();
        }
        catch (RunCanceledException canceled)
        {
            Console.WriteLine(canceled.Reason); // It has come to its end, and what was to be undone is.
        }
    }
}
