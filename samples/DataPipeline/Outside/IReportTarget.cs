namespace DataPipeline;

/// <summary>Where the report goes.</summary>
public interface IReportTarget
{
    /// <summary>Puts the report in place of an earlier one, whole or not at all. Doing it twice is as good as once.</summary>
    Task ReplaceAsync(IReadOnlyList<ReportLine> lines, CancellationToken cancellationToken);
}
