using Durable.TestKit.Processes;

namespace Durable.Samples.Tests;

public sealed class BatchTests : OrderProcessingSample
{
    private static readonly IReadOnlyList<string> s_orders = [.. ShippedOrders.Take(100)];

    [Fact]
    public async Task After_the_failure_of_order_50_only_50_and_later_ones_run()
    {
        var result = (await RunAsync("--batch")).Expect(0);

        Assert.Equal([.. s_orders.Take(50), .. s_orders.Skip(49)], ReadLedger().Select(call => call.Order));
        Assert.Single(CallsOf("ShipOrder")[s_orders[49]].Distinct());
        Assert.Contains("Before the resume: 50 step bodies ran.", result.Output);
        Assert.Contains("101 step bodies ran in all", result.Output);
    }

    [Fact]
    public async Task A_batch_that_dies_in_the_middle_goes_on_where_it_stood()
    {
        (await RunAsync("--batch", "--crash-after", "ShipOrder")).Expect(ChildResult.Killed);
        var before = ReadLedger().Count;

        (await RunAsync("--batch")).Expect(0);

        Assert.Equal(52, before);
        Assert.Equal([.. s_orders.Take(50), .. s_orders.Skip(49)], ReadLedger().Select(call => call.Order));
    }

    [Fact]
    public async Task A_second_invocation_finds_the_batch_done()
    {
        (await RunAsync("--batch")).Expect(0);

        var second = (await RunAsync("--batch")).Expect(0);

        Assert.Contains("Everything is done already: 100 parcels", second.Output);
        Assert.Equal(101, ReadLedger().Count);
    }

    [Fact]
    public async Task Several_at_a_time_ship_each_order_under_one_token_and_show_how_far_they_are()
    {
        var result = (await RunAsync("--batch", "--at-once", "10")).Expect(0);

        AssertAllShipped();
        Assert.Contains("Shipping 100 orders in one run, 10 at a time.", result.Output);
        Assert.Contains("100 of 100 orders processed", result.Output);
        Assert.Contains("Map 'ship' failed: 1 of 100 branch(es) failed", result.Output);
        Assert.Contains("All done: 100 parcels are shipped.", result.Output);
    }

    [Fact]
    public async Task Several_at_a_time_go_on_where_they_stood_after_a_crash()
    {
        (await RunAsync("--batch", "--at-once", "10", "--crash-after", "ShipOrder")).Expect(ChildResult.Killed);
        var before = ReadLedger().Count;

        (await RunAsync("--batch", "--at-once", "10")).Expect(0);

        AssertAllShipped();
        Assert.InRange(before, 50, 71);
        // What is called again: the refused order, and what was on its way when that was refused, or when the process died.
        Assert.InRange(ReadLedger().Count, 101, 121);
    }

    [Fact]
    public async Task Orders_and_batch_share_a_store()
    {
        (await RunAsync("--batch", "--crash-in", "ShipOrder")).Expect(ChildResult.Killed);
        (await RunAsync()).Expect(0);
        (await RunAsync("--batch")).Expect(0);

        AssertCalledOnceEach("ChargeCustomer");
        AssertAllShipped();
    }

    private void AssertAllShipped()
    {
        Assert.Equal(s_orders.Order(), CallsOf("ShipOrder").Select(order => order.Key).Order());
        Assert.All(CallsOf("ShipOrder"), order => Assert.Single(order.Distinct()));
    }
}
