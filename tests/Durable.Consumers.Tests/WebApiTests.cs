using System.Net;
using System.Net.Http.Json;
using Acme.Shop;
using Durable.TestKit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Consumers.Tests;

public sealed class WebApiTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly WebApplicationFactory<OrderWorkflow> _shop;

    public WebApiTests() => _shop = new WebApplicationFactory<OrderWorkflow>().WithWebHostBuilder(host => host.UseSetting("Store", _folder.File("shop.db")));

    public void Dispose()
    {
        _shop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_request_starts_a_run_and_answers_with_its_result()
    {
        using var client = _shop.CreateClient();

        using var response = await client.PutAsJsonAsync("/orders/17", new Order("tea", 2));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(new Confirmation("tea", 1), await response.Content.ReadFromJsonAsync<Confirmation>());
        Assert.Equal(RunStatus.Completed, await _shop.Services.GetRequiredService<IDurableClient>().GetRun("order-17").GetStatusAsync());
    }

    [Fact]
    public async Task A_repeated_request_gets_the_same_answer_and_runs_nothing_again()
    {
        using var client = _shop.CreateClient();
        using var first = await client.PutAsJsonAsync("/orders/17", new Order("tea", 2));

        using var second = await client.PutAsJsonAsync("/orders/17", new Order("tea", 2));

        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        Assert.Equal(1, _shop.Services.GetRequiredService<Stock>().Taken);
    }

    [Fact]
    public async Task Another_order_under_the_same_number_is_a_conflict()
    {
        using var client = _shop.CreateClient();
        using var first = await client.PutAsJsonAsync("/orders/17", new Order("tea", 2));

        using var second = await client.PutAsJsonAsync("/orders/17", new Order("coffee", 2));

        Assert.Equal(HttpStatusCode.Conflict, second.StatusCode);
        Assert.Equal(1, _shop.Services.GetRequiredService<Stock>().Taken);
    }
}
