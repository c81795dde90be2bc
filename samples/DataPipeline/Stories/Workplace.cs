namespace DataPipeline;

/// <summary>The folder that the program works in: store, sales files, report.</summary>
public sealed class Workplace(Settings settings)
{
    private const string Troubled = "south.csv";

    private static readonly string s_good = Path.Combine(AppContext.BaseDirectory, "data");
    private static readonly string s_bad = Path.Combine(AppContext.BaseDirectory, "data-with-bad-row");

    public string Store { get; } = Path.Combine(settings.Folder, "pipeline.db");

    public string Report { get; } = Path.Combine(settings.Folder, "report.csv");

    /// <summary>The folder of the sales files.</summary>
    public string Input { get; } = settings.Input ?? Path.Combine(settings.Folder, "sales");

    /// <summary>Makes the folder, puts a copy of the sample's sales files into it if there is none, and tells which regions there are.</summary>
    /// <exception cref="UsageException">The user's own folder holds no sales files.</exception>
    public IReadOnlyList<string> Prepare()
    {
        if (!Directory.Exists(Input))
            CopySales();
        string[] regions = [.. Directory.GetFiles(Input, "*.csv").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];
        if (regions.Length == 0)
            throw new UsageException($"The folder '{Input}' holds no .csv file.");
        Directory.CreateDirectory(settings.Folder);
        return regions;
    }

    /// <summary>Does what somebody would do who reads the error: puts the right row in the place of the one that came with the sample. Rows of the user's own are left alone.</summary>
    /// <returns>The file that was corrected; null when there was nothing to correct.</returns>
    public async Task<string?> CorrectAsync(CancellationToken cancellationToken)
    {
        var file = Path.Combine(Input, Troubled);
        if (settings.Input is not null || await File.ReadAllTextAsync(file, cancellationToken) != await File.ReadAllTextAsync(Path.Combine(s_bad, Troubled), cancellationToken))
            return null;
        await AtomicFile.WriteAsync(file, await File.ReadAllBytesAsync(Path.Combine(s_good, Troubled), cancellationToken), cancellationToken);
        return file;
    }

    private void CopySales()
    {
        if (settings.Input is not null)
            throw new UsageException($"There is no folder '{settings.Input}'.");

        var draft = Directory.CreateDirectory(Input + ".draft").FullName;
        string[] sources = settings.GoodData ? [s_good] : [s_good, s_bad];
        foreach (var file in sources.SelectMany(Directory.GetFiles))
            File.Copy(file, Path.Combine(draft, Path.GetFileName(file)), overwrite: true);
        Directory.Move(draft, Input); // All files or none, also when the process dies here.
    }
}
