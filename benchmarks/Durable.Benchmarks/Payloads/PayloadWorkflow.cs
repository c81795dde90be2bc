namespace Durable.Benchmarks.Payloads;

/// <summary>Declares the payloads, so that the generator writes their contracts.</summary>
public sealed partial class PayloadWorkflow
{
    [Workflow] public static partial Task<Charged> Charge(Purchase order);

    [Step] private static partial Task<Inventory> CountAsync(Purchase order);

    private static async Task<Charged> ChargeCore(Purchase order)
    {
        var inventory = await CountAsync(order);
        return new Charged(order.Id, inventory.Items.Count);
    }

    private static Inventory CountAsyncCore(Purchase order) => Inventory.Example;
}
