using Durable;

namespace OrderProcessing;

/// <summary>What came of an order, and what the store knows of its run.</summary>
/// <param name="Order">The order.</param>
/// <param name="Receipt">The result; null where the archive did not take the order and the charge was refunded.</param>
/// <param name="Run">What the store knows.</param>
public sealed record ProcessedOrder(Order Order, Receipt? Receipt, RunInfo Run);
