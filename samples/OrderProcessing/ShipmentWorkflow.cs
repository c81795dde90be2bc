using Durable;

namespace OrderProcessing;

/// <summary>Many orders in one run: a plain loop over one step, which the order id tells apart, or a map that ships several at a time.</summary>
public sealed partial class ShipmentWorkflow(ICarrier carrier, Progress progress)
{
    [Workflow] public partial Task<int> ShipOrdersAsync(IReadOnlyList<Order> orders);
    [Workflow] public partial Task<int> ShipTogetherAsync(IReadOnlyList<Order> orders, int atOnce);

    [Step] private partial Task<string> ShipOrderAsync([StepKey] string orderId, string customer);

    private async Task<int> ShipOrdersAsyncCore(IReadOnlyList<Order> orders)
    {
        var parcels = new HashSet<string>();
        foreach (var order in orders)
            parcels.Add(await ShipOrderAsync(order.Id, order.Customer));
        return parcels.Count;
    }

    private async Task<int> ShipTogetherAsyncCore(IReadOnlyList<Order> orders, int atOnce, WorkflowContext workflow)
    {
        var shipped = 0;
        var outcome = await workflow.MapAsync(orders, order => order.Id, async (_, order) =>
        {
            var parcel = await ShipOrderAsync(order.Id, order.Customer);
            progress.Report(++shipped); // On replay as well: after a crash the bar jumps to where it stood.
            return parcel;
        }, new MapOptions { Name = "ship", MaxConcurrency = atOnce });
        return outcome.Results.Distinct().Count();
    }

    private Task<string> ShipOrderAsyncCore(string orderId, string customer, StepContext step)
        => carrier.ShipAsync(orderId, customer, step.IdempotencyToken);
}
