namespace DataPipeline;

/// <summary>The sales of a region, summed up.</summary>
public sealed record RegionSummary(string Region, int Sales, int Pieces, decimal Revenue)
{
    public static RegionSummary Of(string region, IReadOnlyList<Sale> sales)
        => new(region, sales.Count, sales.Sum(sale => sale.Quantity), sales.Sum(sale => sale.Quantity * sale.UnitPrice));
}
