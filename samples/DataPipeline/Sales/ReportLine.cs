namespace DataPipeline;

/// <summary>A line of the report.</summary>
public sealed record ReportLine(RegionSummary Summary, bool IsValid);
