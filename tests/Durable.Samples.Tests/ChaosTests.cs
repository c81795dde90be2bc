using System.Text.RegularExpressions;
using Durable.TestKit.Processes;
using Xunit.Abstractions;

namespace Durable.Samples.Tests;

/// <summary>Orders through a payment gateway that fails at random.</summary>
public sealed partial class ChaosTests(ITestOutputHelper output) : OrderProcessingSample
{
    [Fact]
    public async Task Each_refused_charge_is_tried_again_until_it_succeeds_once()
    {
        var result = (await RunAsync("--chaos", "7")).Expect(0);

        var charges = ReadLedger().Where(call => call.Step == "ChargeCustomer").ToLookup(call => call.Order);
        Assert.Equal(ShippedOrders.Order(), charges.Select(order => order.Key).Order());
        Assert.All(charges, order => Assert.Equal((1, false), (order.Count(call => !call.Refused), order.Last().Refused)));
        Assert.All(charges, order => Assert.Single(order.Select(call => call.Token).Distinct()));
        Assert.Contains("Refused    39 calls, by a busy payment gateway", result.Output);
        AssertCalledOnceEach("SaveOrder");
    }

    [Fact]
    public async Task A_run_is_repeated_exactly_by_the_seed_that_it_printed()
    {
        var first = await RunAsync("--chaos");
        var calls = ReadLedger();
        var seed = Seed().Match(first.Output).Groups["seed"].Value;
        output.WriteLine($"Seed {seed}");
        File.Move(Folder.File("ledger.jsonl"), Folder.File("first.jsonl"));

        var second = await RunAsync("--store", "second.db", "--chaos", seed);

        Assert.Equal((first.ExitCode, first.Output, first.Errors), (second.ExitCode, second.Output, second.Errors));
        Assert.Equal(calls, ReadLedger());
    }

    [Fact]
    public async Task Another_seed_refuses_other_calls()
    {
        (await RunAsync("--chaos", "7")).Expect(0);
        var calls = ReadLedger();
        File.Delete(Folder.File("ledger.jsonl"));
        (await RunAsync("--store", "second.db", "--chaos", "8")).Expect(0);

        Assert.NotEqual(calls, ReadLedger());
    }

    [Fact]
    public async Task An_order_that_is_refused_six_times_fails_and_the_next_invocation_goes_on_with_it()
    {
        var failed = (await RunAsync("--chaos", "42")).Expect(1);
        var refused = ReadLedger().Where(call => call.Order == "1008").ToList();

        (await RunAsync("--chaos", "42")).Expect(0);

        Assert.Contains("Run 'order-1008' failed: Durable.StepFailedException: Step '/ChargeCustomer[1008]' failed after 6 attempt(s): OrderProcessing.GatewayBusyException", failed.Errors);
        Assert.Equal([true, true, true, true, true, true], refused.Select(call => call.Refused));
        Assert.Single(ReadLedger(), call => call is { Order: "1008", Step: "ChargeCustomer", Refused: false });
    }

    [Fact]
    public async Task A_crash_in_the_middle_of_chaos_charges_nobody_twice()
    {
        (await RunAsync("--chaos", "7", "--crash-after", "ChargeCustomer")).Expect(ChildResult.Killed);
        (await RunAsync("--chaos", "7")).Expect(0);

        var accepted = ReadLedger().Where(call => call is { Step: "ChargeCustomer", Refused: false }).ToList();
        Assert.Equal(ShippedOrders.Order(), accepted.Select(call => call.Order).Order());
    }

    [Theory]
    [InlineData("'soon'", "--chaos", "soon")]
    [InlineData("--batch excludes --chaos and --refuse", "--batch", "--chaos")]
    public async Task Wrong_usage_is_refused_and_starts_nothing(string reason, params string[] arguments)
    {
        var result = (await RunAsync(arguments)).Expect(2);

        Assert.Contains(reason, result.Errors);
        Assert.Empty(Directory.GetFileSystemEntries(Folder.Path));
    }

    [GeneratedRegex(@"--chaos (?<seed>\d+)\n")]
    private static partial Regex Seed();
}
