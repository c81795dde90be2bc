namespace OrderProcessing;

/// <summary>What is left of a processed order: the result of its run.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="ChargeId">What the payment provider calls the charge.</param>
/// <param name="Amount">How much was charged.</param>
/// <param name="Currency">Of which currency.</param>
/// <param name="IsConfirmed">False when nobody knows whether the customer got a confirmation.</param>
public sealed record Receipt(string OrderId, string ChargeId, decimal Amount, string Currency, bool IsConfirmed = true);
