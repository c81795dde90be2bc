using System.Text;

namespace DataPipeline;

/// <summary>The report as a CSV file.</summary>
public sealed class ReportFile(Workplace workplace, Settings settings) : IReportTarget
{
    public async Task ReplaceAsync(IReadOnlyList<ReportLine> lines, CancellationToken cancellationToken)
    {
        await Task.Delay(settings.Latency, cancellationToken);
        var text = new StringBuilder("region,sales,pieces,revenue,valid\n");
        foreach (var (summary, isValid) in lines)
            text.Append(null, $"{summary.Region},{summary.Sales},{summary.Pieces},{summary.Revenue},{(isValid ? "yes" : "no")}\n");
        await AtomicFile.WriteAsync(workplace.Report, Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
    }
}
