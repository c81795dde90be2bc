using Durable;

namespace DataPipeline;

/// <summary>Fetch, transform, validate, save. What is expensive or has an effect is a step; what is cheap is a plain function.</summary>
public sealed partial class PipelineWorkflow(ISalesSource source, IReportTarget target, EventLog events)
{
    // What is durable. The generator writes these halves.
    [Workflow] public partial Task<decimal> BuildReportAsync(IReadOnlyList<string> regions);

    [Step] private partial Task<IReadOnlyList<Sale>> FetchAsync([StepKey] string region);
    [Step] private partial Task<RegionSummary> TransformAsync([StepKey] string region, IReadOnlyList<Sale> sales);
    [Step] private partial Task SaveAsync(IReadOnlyList<ReportLine> lines);

    // What they do: plain C#.
    private async Task<decimal> BuildReportAsyncCore(IReadOnlyList<string> regions)
    {
        var lines = new List<ReportLine>();
        foreach (var region in regions)
        {
            var sales = await FetchAsync(region);
            var summary = await TransformAsync(region, sales);
            lines.Add(new ReportLine(summary, IsValid: Validate(summary)));
        }

        await SaveAsync(lines);
        return lines.Sum(line => line.Summary.Revenue);
    }

    // Not a step: nothing is recorded, and each replay runs it again. That is fine for what is cheap and says the same each time.
    private bool Validate(RegionSummary summary)
    {
        events.Called(nameof(Validate), summary.Region);
        return summary.Revenue > 0 && summary.Pieces >= summary.Sales;
    }

    private Task<IReadOnlyList<Sale>> FetchAsyncCore(string region, StepContext step, CancellationToken cancellationToken)
    {
        events.Invoked(step);
        return source.ReadAsync(region, cancellationToken);
    }

    private RegionSummary TransformAsyncCore(string region, IReadOnlyList<Sale> sales, StepContext step)
    {
        events.Invoked(step);
        return RegionSummary.Of(region, sales);
    }

    private Task SaveAsyncCore(IReadOnlyList<ReportLine> lines, StepContext step, CancellationToken cancellationToken)
    {
        events.Invoked(step);
        return target.ReplaceAsync(lines, cancellationToken);
    }
}
