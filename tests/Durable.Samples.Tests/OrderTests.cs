using Durable.TestKit.Processes;

namespace Durable.Samples.Tests;

public sealed class OrderTests : OrderProcessingSample
{
    private static readonly string[] s_steps = ["ChargeCustomer", "SendConfirmation", "SaveOrder"];

    public static TheoryData<string> EachStep => [.. s_steps];

    [Fact]
    public async Task A_plain_run_calls_each_service_once_per_order()
    {
        var result = await RunAsync();

        result.Expect(0);
        Assert.True(ShippedOrders.Count >= 100);
        Assert.All(s_steps, AssertCalledOnceEach);
        Assert.Contains($"Completed  {ShippedOrders.Count} (0 before, {ShippedOrders.Count} now)", result.Output);
        Assert.Contains($"Charged    {ShippedOrders.Count} of {ShippedOrders.Count} once", result.Output);
    }

    [Fact]
    public async Task Progress_is_shown_in_plain_lines_when_redirected()
    {
        var result = await RunAsync();

        Assert.Contains($"\n50 of {ShippedOrders.Count} orders processed\n", result.Output);
        Assert.DoesNotContain('\r', result.Output);
    }

    [Fact]
    public async Task A_second_invocation_finds_everything_done()
    {
        (await RunAsync()).Expect(0);
        var calls = ReadLedger();

        var second = (await RunAsync()).Expect(0);

        Assert.Contains("Everything is done already", second.Output);
        Assert.Equal(calls, ReadLedger());
    }

    [Theory, MemberData(nameof(EachStep))]
    public async Task After_a_crash_behind_a_committed_step_that_step_never_runs_again(string step)
    {
        (await RunAsync("--crash-after", step)).Expect(ChildResult.Killed);
        var reached = CallsOf(step).Count;

        var second = (await RunAsync()).Expect(0);

        Assert.InRange(reached, 2, ShippedOrders.Count - 1);
        Assert.All(s_steps, AssertCalledOnceEach);
        Assert.Contains("Resumed    1 ", second.Output);
    }

    [Theory]
    [InlineData("ChargeCustomer")]
    [InlineData("SaveOrder")]
    public async Task After_a_crash_inside_a_step_only_that_call_is_repeated_with_the_same_token(string step)
    {
        (await RunAsync("--crash-in", step)).Expect(ChildResult.Killed);
        var hit = ReadLedger()[^1];

        (await RunAsync()).Expect(0);

        Assert.Equal(step, hit.Step);
        Assert.Equal([hit.Token, hit.Token], CallsOf(step)[hit.Order]);
        Assert.All(s_steps.Where(other => other != step), AssertCalledOnceEach);
        Assert.All(CallsOf(step).Where(order => order.Key != hit.Order), order => Assert.Single(order));
    }

    [Fact]
    public async Task After_a_crash_inside_the_mail_it_is_not_sent_again_and_the_receipt_says_that_it_is_in_doubt()
    {
        (await RunAsync("--crash-in", "SendConfirmation")).Expect(ChildResult.Killed);

        var second = (await RunAsync()).Expect(0);

        Assert.All(s_steps, AssertCalledOnceEach);
        Assert.Contains($"Confirmed  {ShippedOrders.Count - 1} of {ShippedOrders.Count} (1 in doubt", second.Output);
    }

    [Fact]
    public async Task One_crash_after_another_loses_nothing()
    {
        (await RunAsync("--crash-after", "SaveOrder")).Expect(ChildResult.Killed);
        (await RunAsync("--crash-in", "SendConfirmation")).Expect(ChildResult.Killed);
        (await RunAsync("--crash-after", "ChargeCustomer")).Expect(ChildResult.Killed);
        (await RunAsync()).Expect(0);

        Assert.All(s_steps, AssertCalledOnceEach);
    }

    [Fact]
    public async Task A_crash_that_has_nothing_ahead_of_it_says_so_and_ends_well()
    {
        (await RunAsync()).Expect(0);

        var second = (await RunAsync("--crash-in", "SaveOrder")).Expect(0);

        Assert.Contains("No crash: no order has SaveOrder ahead of it.", second.Output);
    }

    [Fact]
    public async Task What_failed_is_resumed_by_the_next_invocation()
    {
        var failed = (await RunAsync("--ledger", Path.Combine("nowhere", "ledger.jsonl"))).Expect(1);

        (await RunAsync()).Expect(0);

        Assert.Contains("Run 'order-1001' failed", failed.Errors);
        Assert.All(s_steps, AssertCalledOnceEach);
    }

    [Fact]
    public async Task A_kill_from_outside_charges_nobody_twice()
    {
        // Slow enough that the kill comes long before the end, also on a busy machine.
        using (var first = Start("--latency", "20"))
        {
            await first.WaitForLineAsync($"10 of {ShippedOrders.Count} orders processed");
            first.Kill();
            (await first.WaitAsync()).Expect(ChildResult.Killed);
        }

        (await RunAsync()).Expect(0);

        var charges = CallsOf("ChargeCustomer");
        Assert.Equal(ShippedOrders.Count, charges.Count);
        Assert.All(charges, order => Assert.Single(order.Distinct()));
        Assert.InRange(charges.Sum(order => order.Count()), ShippedOrders.Count, ShippedOrders.Count + 1);
    }

    [Fact]
    public async Task The_files_are_where_the_options_say()
    {
        File.WriteAllText(Folder.File("mine.json"), """
            [ { "id": "A/1 [x]", "customer": "Ada", "email": "ada@example.com", "amount": 12.50, "lines": [] } ]
            """);

        var result = await RunAsync("--orders", "mine.json", "--store", "mine.db", "--ledger", "ledger.jsonl");

        result.Expect(0);
        Assert.Equal(["A/1 [x]"], CallsOf("ChargeCustomer").Select(order => order.Key));
        Assert.True(File.Exists(Folder.File("mine.db")));
        Assert.Contains("12.50 EUR", result.Output);
    }
}
