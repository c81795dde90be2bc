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
            var receipt = await FindReceiptAsync(run, cancellationToken);
            processed.Add(new ProcessedOrder(order, receipt, await run.GetInfoAsync(cancellationToken)));
            progress.Report(processed.Count);
        }

        Console.WriteLine(new Summary(processed, ledger.Read(), _started));
    }

    /// <returns>Null where the order was refused and its charge is refunded. What could not be undone is thrown, like every other failure.</returns>
    private static async Task<Receipt?> FindReceiptAsync(RunHandle<Receipt> run, CancellationToken cancellationToken)
    {
        try
        {
            return await run.GetResultAsync(cancellationToken);
        }
        catch (RunFailedException failure) when (failure.IsCausedBy<OrderRefusedException>() && !failure.IsCausedBy<CompensationFailedException>())
        {
            return null;
        }
    }
}
