namespace OrderProcessing;

/// <summary>What the payment provider says about a charge.</summary>
public sealed record Charge(string Id);
