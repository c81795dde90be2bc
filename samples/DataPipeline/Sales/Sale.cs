namespace DataPipeline;

/// <summary>A row of a sales file.</summary>
public sealed record Sale(DateOnly Day, string Product, int Quantity, decimal UnitPrice);
