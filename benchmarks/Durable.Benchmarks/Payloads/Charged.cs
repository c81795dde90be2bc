namespace Durable.Benchmarks.Payloads;

/// <summary>A small result: what most steps return.</summary>
public sealed record Charged(string OrderId, decimal Amount)
{
    public static Charged Example { get; } = new("order-2026-001734", 129.90m);
}
