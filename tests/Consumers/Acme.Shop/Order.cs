namespace Acme.Shop;

/// <summary>What a customer asks for.</summary>
public sealed record Order(string Item, int Pieces);
