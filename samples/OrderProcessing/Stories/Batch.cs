namespace OrderProcessing;

/// <summary>The orders that are shipped in one run.</summary>
public sealed class Batch(IReadOnlyList<Order> orders)
{
    public const string RunId = "shipment";
    public const string RunIdTogether = "shipment-together";

    public IReadOnlyList<Order> Orders { get; } = [.. orders.Take(100)];

    /// <summary>The order in the middle, the 50th of 100: the carrier refuses it on first contact.</summary>
    public Order Troubled => Orders[(Orders.Count - 1) / 2];
}
