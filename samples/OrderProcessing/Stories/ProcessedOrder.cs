using Durable;

namespace OrderProcessing;

/// <summary>An order's result, and what the store knows of its run.</summary>
public sealed record ProcessedOrder(Receipt Receipt, RunInfo Run);
