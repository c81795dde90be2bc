using Durable;

namespace Acme.Shop;

/// <summary>Takes what was ordered from the shelf.</summary>
public sealed partial class OrderWorkflow(Stock stock)
{
    [Workflow] public partial Task<Confirmation> PlaceAsync(Order order);

    [Step] private partial Task<int> TakeAsync(string item, int pieces);

    private async Task<Confirmation> PlaceAsyncCore(Order order) => new(order.Item, await TakeAsync(order.Item, order.Pieces));

    private int TakeAsyncCore(string item, int pieces) => stock.Take();
}
