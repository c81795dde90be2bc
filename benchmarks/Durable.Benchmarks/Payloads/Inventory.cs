using System.Globalization;

namespace Durable.Benchmarks.Payloads;

/// <summary>A large result, about 100 KB: what a step returns that has fetched a whole list.</summary>
public sealed class Inventory
{
    public required string Warehouse { get; init; }
    public required DateTimeOffset CountedAt { get; init; }
    public List<InventoryItem> Items { get; init; } = [];

    public static Inventory Example { get; } = new()
    {
        Warehouse = "Rotterdam 2",
        CountedAt = new DateTimeOffset(2026, 3, 14, 22, 0, 0, TimeSpan.Zero),
        Items = [.. Enumerable.Range(0, 420).Select(number => new InventoryItem
        {
            Sku = string.Create(CultureInfo.InvariantCulture, $"SKU-{number:D6}"),
            Name = $"Ladder of {number} rungs",
            Description = "Aluminium, folds to a third of its length, holds 150 kg on each step",
            Quantity = number * 3,
            Reserved = number % 5,
            Labels = new() { ["shelf"] = string.Create(CultureInfo.InvariantCulture, $"{number % 40}-{number % 7}"), ["supplier"] = "Böhm & Söhne", ["colour"] = "silver" },
        })],
    };
}

public sealed record InventoryItem
{
    public required string Sku { get; init; }
    public required string Name { get; init; }
    public string? Description { get; init; }
    public int Quantity { get; init; }
    public int Reserved { get; init; }
    public Dictionary<string, string> Labels { get; init; } = [];
}
