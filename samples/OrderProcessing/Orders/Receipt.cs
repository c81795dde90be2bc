namespace OrderProcessing;

/// <summary>What is left of a processed order: the result of its run.</summary>
public sealed record Receipt(string OrderId, string ChargeId, decimal Amount, string Currency);
