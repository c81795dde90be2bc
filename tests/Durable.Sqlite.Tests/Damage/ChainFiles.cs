namespace Durable.Sqlite.Tests;

/// <summary>Files with finished and unfinished runs in them, and what must be true of them whatever is done to the files.</summary>
internal static class ChainFiles
{
    public const int Links = 6;

    /// <summary>The first link that is not stored in the unfinished runs.</summary>
    public const int OpenLink = 4;

    private const int Finished = 12;
    private const int Unfinished = 6;

    public static IEnumerable<string> Runs => Enumerable.Range(1, Finished).Select(run => $"done-{run}").Concat(Enumerable.Range(1, Unfinished).Select(run => $"open-{run}"));

    /// <summary>Makes the files.</summary>
    /// <param name="closed">True for a file that was closed well; false for one whose process died, with everything still in its log.</param>
    public static async Task<FileCopy> MakeAsync(bool closed)
    {
        using var file = new SqliteFile();
        await using var process = new ChainProcess(file, new Forge { Holds = (run, number) => run.StartsWith("open", StringComparison.Ordinal) && number == OpenLink });
        foreach (var run in Runs)
            process.Start(run, Links, padding: 200);
        process.Work();
        Assert.All(Runs, run => Assert.Equal(run.StartsWith("done", StringComparison.Ordinal) ? RunStatus.Completed : RunStatus.Running, process.Status(run)));
        if (closed)
            await process.DisposeAsync();
        return FileCopy.Of(file);
    }

    /// <summary>True when the run is there as it must be after a host has worked on: result and history. False when its absence or its damage is reported. Anything else is a wrong value.</summary>
    public static bool IsRight(ChainProcess process, string run)
    {
        try
        {
            var word = ChainProcess.Word(run, 200);
            Assert.Equal(Forge.Result(Links, word), process.Result(run));
            var history = process.History(run);
            Assert.Equal(Enumerable.Range(1, Links).Select(link => $"\"{Forge.Result(link, word)}\""), history.Select(checkpoint => System.Text.Encoding.UTF8.GetString(checkpoint.Result.Span)));
            return true;
        }
        catch (Exception exception) when (exception is StoreException or RunQuarantinedException or RunNotFoundException)
        {
            return false;
        }
    }
}
