using Durable.TestKit.Processes;

namespace Durable.Samples.Tests;

/// <summary>An order that comes to nothing when its customer has paid.</summary>
public sealed class RefundTests : OrderProcessingSample
{
    private const string Refused = "1060";

    [Fact]
    public async Task An_order_that_the_archive_does_not_take_is_refunded_and_the_others_go_on()
    {
        var result = (await RunAsync("--refuse", Refused)).Expect(0);

        Assert.Equal(["ChargeCustomer", "SendConfirmation", "SaveOrder", "RefundCustomer"], StepsOf(Refused));
        Assert.All(ShippedOrders.Where(order => order != Refused), order => Assert.Equal(["ChargeCustomer", "SendConfirmation", "SaveOrder"], StepsOf(order)));
        Assert.Contains($"Completed  {ShippedOrders.Count - 1} (0 before, {ShippedOrders.Count - 1} now)", result.Output);
        Assert.Contains("Refunded   1 of 1 that the archive did not take", result.Output);
    }

    [Fact]
    public async Task What_was_refunded_stays_so_although_the_archive_would_take_it_now()
    {
        (await RunAsync("--refuse", Refused)).Expect(0);
        var calls = ReadLedger();

        var second = (await RunAsync()).Expect(0);

        Assert.Contains("Everything is done already", second.Output);
        Assert.Contains("Refunded   1 of 1", second.Output);
        Assert.Equal(calls, ReadLedger());
    }

    [Fact]
    public async Task A_crash_inside_the_refund_repeats_that_call_with_the_same_token_and_nothing_else()
    {
        (await RunAsync("--refuse", Refused, "--crash-in", "RefundCustomer")).Expect(ChildResult.Killed);

        var second = (await RunAsync("--refuse", Refused)).Expect(0);

        Assert.Equal(["ChargeCustomer", "SendConfirmation", "SaveOrder", "RefundCustomer", "RefundCustomer"], StepsOf(Refused));
        Assert.Single(CallsOf("RefundCustomer")[Refused].Distinct());
        Assert.Contains("Refunded   1 of 1", second.Output);
    }

    [Theory]
    [InlineData("There is no order '77' that the archive could refuse.", "--refuse", "77")]
    [InlineData("--batch excludes --chaos and --refuse", "--batch", "--refuse", Refused)]
    public async Task Wrong_usage_is_refused_and_starts_nothing(string reason, params string[] arguments)
    {
        var result = (await RunAsync(arguments)).Expect(2);

        Assert.Contains(reason, result.Errors);
        Assert.Empty(Directory.GetFileSystemEntries(Folder.Path));
    }

    private IEnumerable<string> StepsOf(string order) => ReadLedger().Where(call => call.Order == order).Select(call => call.Step);
}
