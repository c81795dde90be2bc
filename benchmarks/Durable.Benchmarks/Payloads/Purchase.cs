using System.Globalization;

namespace Durable.Benchmarks.Payloads;

/// <summary>A medium argument: an order of twenty lines, about 2.5 KB.</summary>
public sealed record Purchase(string Id, string Customer, PurchaseStatus Status, DateTimeOffset PlacedAt, DateOnly? DeliverOn, Address ShipTo, Address? BillTo, IReadOnlyList<PurchaseLine> Lines)
{
    public string? Note { get; init; }

    public bool IsGift { get; init; }

    public static Purchase Example { get; } = new(
        "order-2026-001734", "Ada Lovelace", PurchaseStatus.Paid, new DateTimeOffset(2026, 3, 14, 9, 26, 53, TimeSpan.FromHours(1)), new DateOnly(2026, 3, 17),
        new Address { Street = "Rue de l'Église 12", City = "Genève", PostCode = "1204", Country = "CH" }, BillTo: null,
        [.. Enumerable.Range(1, 20).Select(number => new PurchaseLine(
            new Guid(number, 7, 7, [1, 2, 3, 4, 5, 6, 7, 8]), string.Create(CultureInfo.InvariantCulture, $"Article {number}, blue & large"), number % 4 + 1, 9.95m * number, number % 3 == 0 ? 0.1 : null))])
    {
        IsGift = true,
    };
}

public sealed record Address
{
    public required string Street { get; init; }
    public required string City { get; init; }
    public string? PostCode { get; init; }
    public required string Country { get; init; }
}

public sealed record PurchaseLine(Guid ProductId, string Name, int Quantity, decimal Price, double? Discount);

public enum PurchaseStatus
{
    Placed,
    Paid,
    Shipped,
}
