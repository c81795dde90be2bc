using Durable;

namespace OrderProcessing;

/// <summary>Each order in a run of its own.</summary>
public sealed class OrderByOrder(IDurableClient client, IReadOnlyList<Order> orders, Ledger ledger) : IStory
{
    private readonly DateTimeOffset _started = TimeProvider.System.GetUtcNow();

    /// <summary>The run's name: starting it again finds the run that exists.</summary>
    public static string RunId(Order order) => $"order-{order.Id}";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var options = new StartOptions { IfFailed = IfFailed.Resume }; // What failed last time gets another chance.
        var progress = new Progress(orders.Count);
        var processed = new List<ProcessedOrder>();
        foreach (var order in orders)
        {
            var run = await client.StartAsync(OrderWorkflow.ProcessOrderCall(order), RunId(order), options, cancellationToken);
            var receipt = await run.GetResultAsync(cancellationToken);
            processed.Add(new ProcessedOrder(receipt, await run.GetInfoAsync(cancellationToken)));
            progress.Report(processed.Count);
        }

        Console.WriteLine(new Summary(processed, ledger.Read(), _started));
    }
}
