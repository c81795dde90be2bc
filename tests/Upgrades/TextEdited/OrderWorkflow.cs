using Durable;

namespace Orders;

public sealed record Order(string Id, int Items, decimal Amount);

public sealed record Payment(string OrderId, decimal Amount);

/// <summary>The mail has another text.</summary>
public sealed partial class OrderWorkflow(Shop shop)
{
    [Workflow("order")] public partial Task<string> ProcessAsync(Order order);

    [Step] private partial Task<string> ReserveAsync(string orderId, int items);
    [Step] private partial Task<string> ChargeAsync(Payment payment);
    [Step] private partial Task<string> MailAsync(string text);
    [Step] private partial Task<string> ShipAsync(string orderId);

    private async Task<string> ProcessAsyncCore(Order order)
    {
        var reserved = await ReserveAsync(order.Id, order.Items);
        var charged = await ChargeAsync(new Payment(order.Id, order.Amount));
        await MailAsync($"Your order {order.Id} has left our house!");
        var shipped = await ShipAsync(order.Id);
        return $"{reserved}, {charged}, {shipped}";
    }

    private Task<string> ReserveAsyncCore(string orderId, int items, StepContext step) => shop.WorkAsync(step, $"reserved {items} for {orderId}");
    private Task<string> ChargeAsyncCore(Payment payment, StepContext step) => shop.WorkAsync(step, $"charged {payment.Amount:0}");
    private Task<string> MailAsyncCore(string text, StepContext step) => shop.WorkAsync(step, text);
    private Task<string> ShipAsyncCore(string orderId, StepContext step) => shop.WorkAsync(step, $"shipped {orderId}");
}
