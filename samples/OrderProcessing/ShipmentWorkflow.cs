using Durable;

namespace OrderProcessing;

/// <summary>Many orders in one run: a plain loop over one step, which the order id tells apart.</summary>
public sealed partial class ShipmentWorkflow(ICarrier carrier)
{
    [Workflow] public partial Task<int> ShipOrdersAsync(IReadOnlyList<Order> orders);

    [Step] private partial Task<string> ShipOrderAsync([StepKey] string orderId, string customer);

    private async Task<int> ShipOrdersAsyncCore(IReadOnlyList<Order> orders)
    {
        var parcels = new HashSet<string>();
        foreach (var order in orders)
            parcels.Add(await ShipOrderAsync(order.Id, order.Customer));
        return parcels.Count;
    }

    private Task<string> ShipOrderAsyncCore(string orderId, string customer, StepContext step)
        => carrier.ShipAsync(orderId, customer, step.IdempotencyToken);
}
