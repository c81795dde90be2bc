namespace Durable.Testing.Tests.Simulations;

/// <summary>What the reader of a seed that failed gets: the promise, the last lines, where the whole transcript is, and how to repeat it.</summary>
internal static class SeedReport
{
    private const int Shown = 40;

    /// <summary>Runs a seed with a transcript.</summary>
    /// <param name="seed">The seed.</param>
    /// <param name="broken">The promise that it broke before; null for none.</param>
    public static string Of(int seed, string? broken = null)
    {
        var world = new World(seed, keepsText: true);
        var what = broken is null ? "every promise is kept" : $"{broken}\nIt did not break when the seed was repeated: something in it is not decided by the seed.";
        try
        {
            world.Run();
        }
        catch (WorldException again)
        {
            what = again.Message;
        }

        var file = Path.Combine(Path.GetTempPath(), $"durable-seed-{world.Seed}.txt");
        File.WriteAllLines(file, world.Trace.Lines);
        return $"""
            Seed {world.Seed}: {what}
            The last {Math.Min(Shown, world.Trace.Lines.Count)} of {world.Trace.Lines.Count} lines, which are in {file}:
            {string.Join('\n', world.Trace.Lines.TakeLast(Shown))}
            To repeat it: DURABLE_SEED={world.Seed} dotnet test tests/Durable.Testing.Tests --filter Every_seed_keeps_every_promise
            """;
    }
}
