namespace Durable.Samples.Tests;

public sealed class UsageTests : OrderProcessingSample
{
    private const string Order = """{ "id": "1", "customer": "Ada", "email": "ada@example.com", "amount": 1, "lines": [] }""";

    [Theory]
    [InlineData("--crash-after")]
    [InlineData("--crash-in")]
    public async Task An_unknown_step_is_refused_with_the_known_ones(string option)
        => await AssertRefusedAsync([option, "ChargeCustomers"], "There is no step 'ChargeCustomers'", "ChargeCustomer, SendConfirmation, SaveOrder");

    [Fact]
    public async Task A_step_of_the_other_story_is_refused()
        => await AssertRefusedAsync(["--batch", "--crash-in", "ChargeCustomer"], "The steps are: ShipOrder.");

    [Fact]
    public async Task Two_crashes_at_once_are_refused()
        => await AssertRefusedAsync(["--crash-in", "SaveOrder", "--crash-after", "SaveOrder"], "exclude each other");

    [Theory]
    [InlineData("soon")]
    [InlineData("-1")]
    public async Task A_latency_that_is_no_duration_is_refused(string latency) => await AssertRefusedAsync(["--latency", latency], "--latency");

    [Theory]
    [InlineData("--store")]
    [InlineData("--ledger")]
    public async Task A_blank_file_name_is_refused(string option) => await AssertRefusedAsync([option, " "], "take the name of a file");

    [Fact]
    public async Task Several_orders_at_once_are_refused_where_each_is_a_run() => await AssertRefusedAsync(["--at-once", "10"], "--at-once goes with --batch");

    [Fact]
    public async Task No_orders_at_once_are_refused() => await AssertRefusedAsync(["--batch", "--at-once", "0"], "--at-once takes a number of orders");

    [Fact]
    public async Task An_unknown_option_is_refused() => await AssertRefusedAsync(["--stor", "x.db"], "--stor");

    [Fact]
    public async Task A_missing_orders_file_is_refused() => await AssertRefusedAsync(["--orders", "nowhere.json"], "nowhere.json");

    [Theory]
    [InlineData("no json at all", "is not a JSON list of orders")]
    [InlineData("""{ "id": "1" }""", "is not a JSON list of orders")]
    [InlineData("""[ { "id": "1", "customer": "Ada" } ]""", "email")]
    [InlineData("[]", "holds no orders")]
    [InlineData("[ null ]", "holds an order whose id")]
    [InlineData($"[ {Order}, {Order} ]", "holds order '1' 2 times")]
    public async Task An_orders_file_that_cannot_be_used_is_refused(string content, string reason)
    {
        File.WriteAllText(Folder.File("mine.json"), content);
        await AssertRefusedAsync(["--orders", "mine.json"], "mine.json", reason);
    }

    [Fact]
    public async Task A_changed_order_is_refused_and_its_run_stays_as_it_is()
    {
        File.WriteAllText(Folder.File("mine.json"), $"[ {Order} ]");
        (await RunAsync("--orders", "mine.json")).Expect(0);
        var calls = ReadLedger();
        File.WriteAllText(Folder.File("mine.json"), $"[ {Order.Replace("\"amount\": 1", "\"amount\": 2")} ]");

        var refused = (await RunAsync("--orders", "mine.json")).Expect(2);

        Assert.Contains("order-1", refused.Errors);
        Assert.Equal(calls, ReadLedger());
    }

    /// <summary>Exit code 2, the reasons as errors, nothing started.</summary>
    private async Task AssertRefusedAsync(string[] arguments, params string[] reasons)
    {
        var result = (await RunAsync(arguments)).Expect(2);

        Assert.All(reasons, reason => Assert.Contains(reason, result.Errors));
        Assert.False(File.Exists(Folder.File("orders.db")));
        Assert.False(File.Exists(Folder.File("ledger.jsonl")));
    }
}
