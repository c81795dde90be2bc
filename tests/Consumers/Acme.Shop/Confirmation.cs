namespace Acme.Shop;

/// <summary>What the customer gets for it.</summary>
public sealed record Confirmation(string Item, int Number);
