using Xunit.Abstractions;

namespace Durable.Sqlite.Tests;

/// <summary>One byte of the file or of its log changes, anywhere. A run is right afterwards, or its damage is reported: never a wrong value. DURABLE_FLIP_SEED repeats a seed, DURABLE_FLIPS sets how many.</summary>
public sealed class FlippedByteTests(ITestOutputHelper output)
{
    private static readonly int s_flips = int.Parse(Environment.GetEnvironmentVariable("DURABLE_FLIPS") ?? "100", System.Globalization.CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_flipped_byte_in_a_closed_file_never_gives_a_wrong_value_and_no_body_runs_after_its_commit()
    {
        var files = await ChainFiles.MakeAsync(closed: true);
        var tally = await FlipAsync(files, from: 0, files.Main.Length, new SqliteStoreOptions(), commitsMayBeGone: false);

        Assert.True(tally.Refused > 0, "No flip was noticed by the check of the file.");
        Assert.True(tally.Reported > 0, "No flip was noticed by a checksum.");
    }

    [Fact]
    public async Task Without_the_check_of_the_whole_file_checksums_alone_let_no_wrong_value_through()
    {
        var files = await ChainFiles.MakeAsync(closed: true);
        // An index that is damaged may hide a row that is sound: the check of the whole file finds that, a checksum cannot.
        var tally = await FlipAsync(files, from: 0, files.Main.Length, new SqliteStoreOptions { CheckWholeFileUpTo = 0 }, commitsMayBeGone: true);

        Assert.True(tally.Reported > 0, "No flip was noticed by a checksum.");
    }

    [Fact]
    public async Task A_flipped_byte_in_the_log_takes_commits_away_but_never_gives_a_wrong_value()
    {
        var files = await ChainFiles.MakeAsync(closed: false);
        // SQLite believes its log as far as its checksums hold: what comes after the flip is as if it had been cut off.
        var tally = await FlipAsync(files, from: files.Main.Length, files.Log.Length, new SqliteStoreOptions(), commitsMayBeGone: true);

        Assert.True(tally.Reported > 0, "No flip had a consequence.");
    }

    private async Task<Tally> FlipAsync(FileCopy files, int from, int length, SqliteStoreOptions options, bool commitsMayBeGone)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("DURABLE_FLIP_SEED"), out var given) ? given : Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var tally = new Tally();
        for (var flip = 0; flip < s_flips; flip++)
        {
            var (place, bits) = (from + random.Next(length), (byte)random.Next(1, 256));
            try
            {
                await LookAsync(files.Flip(place, bits), options, commitsMayBeGone, tally);
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"Seed {seed}: byte {place} flipped by {bits:X2} gave something wrong.", exception);
            }
        }

        output.WriteLine($"{tally.Refused} refused, {tally.Reported} reported, {tally.Harmless} harmless");
        return tally;
    }

    private static async Task LookAsync(FileCopy files, SqliteStoreOptions options, bool commitsMayBeGone, Tally tally)
    {
        using var file = files.Lay();
        await using var process = new ChainProcess(file, options: options);
        try
        {
            process.Work();
        }
        catch (StoreException)
        {
            tally.Refused++;
            return;
        }

        // Long enough for what is tried again.
        process.Wait(TimeSpan.FromSeconds(2));
        var reported = 0;
        foreach (var run in ChainFiles.Runs)
        {
            // A run that is not claimed: the log says so where an index names it, and nothing can where the index does not and was not checked.
            if ((process.Log.Of(3004).Any() || options.CheckWholeFileUpTo == 0) && process.StatusIfKnown(run) is RunStatus.Pending or RunStatus.Running)
                reported++;
            else if (!ChainFiles.IsRight(process, run))
                reported++;
            else if (!commitsMayBeGone)
                Assert.All(Enumerable.Range(1, run.StartsWith("done", StringComparison.Ordinal) ? ChainFiles.Links : ChainFiles.OpenLink - 1), link => Assert.Equal(0, process.Forge.BodiesOf(run, link)));
        }

        if (reported > 0)
            tally.Reported++;
        else
            tally.Harmless++;
    }

    private sealed class Tally
    {
        public int Refused { get; set; }

        public int Reported { get; set; }

        public int Harmless { get; set; }
    }
}
