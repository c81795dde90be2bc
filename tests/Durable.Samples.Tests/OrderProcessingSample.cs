using System.Text.Json;
using Durable.TestKit.Processes;

namespace Durable.Samples.Tests;

/// <summary>Orders, and what the outside services saw of them.</summary>
public abstract class OrderProcessingSample() : Sample(Name)
{
    private const string Name = "OrderProcessing";

    /// <summary>The ids of the orders that the sample ships, in the order of the file.</summary>
    private protected static IReadOnlyList<string> ShippedOrders { get; } = ReadIds(Path.Combine(Path.GetDirectoryName(DllOf(Name))!, "orders.json"));

    private protected Task<ChildResult> RunAsync(params string[] arguments) => InvokeAsync(arguments.Contains("--latency") ? arguments : ["--latency", "0", .. arguments]);

    /// <summary>The calls that reached the outside services, in order.</summary>
    private protected IReadOnlyList<Call> ReadLedger() =>
        [.. File.ReadLines(Folder.File("ledger.jsonl")).Select(line => JsonSerializer.Deserialize<Call>(line, JsonSerializerOptions.Web)!)];

    /// <summary>The tokens of the calls that one step made, by order.</summary>
    private protected ILookup<string, string> CallsOf(string step) => ReadLedger().Where(call => call.Step == step).ToLookup(call => call.Order, call => call.Token);

    /// <summary>Fails unless the step was called once for each order that the sample ships.</summary>
    private protected void AssertCalledOnceEach(string step)
    {
        var calls = CallsOf(step);
        Assert.Equal(ShippedOrders.Order(), calls.Select(order => order.Key).Order());
        Assert.Empty(calls.Where(order => order.Count() != 1).Select(order => $"{order.Key}: {order.Count()} calls"));
    }

    private static IReadOnlyList<string> ReadIds(string path)
    {
        using var orders = JsonDocument.Parse(File.ReadAllText(path));
        return [.. orders.RootElement.EnumerateArray().Select(order => order.GetProperty("id").GetString()!)];
    }

    /// <summary>A line of the ledger.</summary>
    private protected sealed record Call(string Order, string Step, string Token, bool Refused = false);
}
