using Durable;

namespace Orders;

public sealed record Order(string Id, int Items, decimal Amount);

public sealed record Payment(string OrderId, decimal Amount);

/// <summary>The order of things is another one: a new version beside the old code.</summary>
public sealed partial class OrderWorkflow(Shop shop)
{
    // Runs that were started on it stay on it; once they have ended, it may go.
    [Workflow("order")] public partial Task<string> ProcessAsync(Order order);
    [Workflow("order", Version = 2)] public partial Task<string> ProcessPrepaidAsync(Order order);

    [Step] private partial Task<string> ReserveAsync(string orderId, int items);
    [Step] private partial Task<string> ChargeAsync(Payment payment);
    [Step] private partial Task<string> MailAsync(string text);
    [Step] private partial Task<string> ShipAsync(string orderId);

    private async Task<string> ProcessAsyncCore(Order order)
    {
        var reserved = await ReserveAsync(order.Id, order.Items);
        var charged = await ChargeAsync(new Payment(order.Id, order.Amount));
        await MailAsync($"Order {order.Id} is on its way.");
        var shipped = await ShipAsync(order.Id);
        return $"{reserved}, {charged}, {shipped}";
    }

    private async Task<string> ProcessPrepaidAsyncCore(Order order)
    {
        var charged = await ChargeAsync(new Payment(order.Id, order.Amount));
        var reserved = await ReserveAsync(order.Id, order.Items);
        var shipped = await ShipAsync(order.Id);
        return $"{charged}, {reserved}, {shipped}";
    }

    private Task<string> ReserveAsyncCore(string orderId, int items, StepContext step) => shop.WorkAsync(step, $"reserved {items} for {orderId}");
    private Task<string> ChargeAsyncCore(Payment payment, StepContext step) => shop.WorkAsync(step, $"charged {payment.Amount:0}");
    private Task<string> MailAsyncCore(string text, StepContext step) => shop.WorkAsync(step, text);
    private Task<string> ShipAsyncCore(string orderId, StepContext step) => shop.WorkAsync(step, $"shipped {orderId}");
}
