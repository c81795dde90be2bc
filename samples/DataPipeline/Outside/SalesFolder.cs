namespace DataPipeline;

/// <summary>A folder with a sales file for each region.</summary>
public sealed class SalesFolder(Workplace workplace, Settings settings) : ISalesSource
{
    public async Task<IReadOnlyList<Sale>> ReadAsync(string region, CancellationToken cancellationToken)
    {
        var file = Path.Combine(workplace.Input, region + ".csv");
        await Task.Delay(settings.Latency, cancellationToken);
        return SalesFile.Parse(Path.GetFileName(file), await File.ReadAllLinesAsync(file, cancellationToken));
    }
}
