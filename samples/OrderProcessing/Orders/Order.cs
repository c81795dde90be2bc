namespace OrderProcessing;

/// <summary>What a customer bought, as it stands in the orders file.</summary>
public sealed record Order(string Id, string Customer, string Email, decimal Amount, IReadOnlyList<OrderLine> Lines, string Currency = "EUR");
