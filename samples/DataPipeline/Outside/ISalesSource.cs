namespace DataPipeline;

/// <summary>Where the sales come from: slow, and sometimes wrong.</summary>
public interface ISalesSource
{
    /// <exception cref="BadRowException">The region's sales cannot be read.</exception>
    Task<IReadOnlyList<Sale>> ReadAsync(string region, CancellationToken cancellationToken);
}
