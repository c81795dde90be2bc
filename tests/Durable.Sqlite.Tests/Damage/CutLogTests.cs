using Durable.Storage;
using Durable.Testing;
using Xunit.Abstractions;

namespace Durable.Sqlite.Tests;

/// <summary>A log that is cut loses what was committed behind the cut; what is left is the file as it was after some commit.</summary>
public sealed class CutLogTests(ITestOutputHelper output)
{
    private const int LogHeader = 32;
    private const int Frame = 24 + 4096;

    [Fact]
    public async Task A_log_that_is_cut_anywhere_leaves_the_file_as_it_was_after_some_commit()
    {
        const int Commits = 12;
        using var file = new SqliteFile();
        await using var store = file.Store(new ManualClock());
        await store.InitializeAsync(default);
        await store.CreateRunAsync(Sample.Run("a"), default);
        await store.CreateRunAsync(Sample.Run("b"), default);
        var held = await store.ClaimRunsAsync(Sample.Claim, default);
        // Two checkpoints a commit, so that half of one would show; two runs in turn, so that one left out would.
        for (var commit = 0; commit < Commits; commit++)
        {
            var sequence = commit / 2 * 2;
            await store.CommitAsync(Sample.Commit(held[commit % 2], Sample.Step(sequence + 1), Sample.Step(sequence + 2)), default);
        }

        var files = FileCopy.Of(file);
        var seen = new List<int>();
        foreach (var cut in Cuts(files.Log.Length))
            seen.Add(await CommitsAfterAsync(files with { Log = files.Log[..cut] }));

        Assert.Equal(seen.Order(), seen);
        Assert.Equal(Enumerable.Range(-1, Commits + 2), seen.Distinct());
    }

    [Fact]
    public async Task A_host_goes_on_after_a_cut_and_finishes_every_run_that_is_left()
    {
        var files = await ChainFiles.MakeAsync(closed: false);
        var (right, gone) = (0, 0);
        foreach (var cut in Cuts(files.Log.Length).Where((_, index) => index % 4 == 0))
        {
            using var file = (files with { Log = files.Log[..cut] }).Lay();
            await using var process = new ChainProcess(file);
            process.Work();
            foreach (var run in ChainFiles.Runs)
            {
                if (ChainFiles.IsRight(process, run))
                    right++;
                else
                    gone += process.StatusIfKnown(run) is null ? 1 : throw new InvalidOperationException($"Run '{run}' is damaged by a cut at {cut}.");
            }
        }

        output.WriteLine($"{right} runs finished, {gone} were not there any more");
        Assert.True(right > 0 && gone > 0);
    }

    [Fact]
    public async Task Without_the_index_of_the_log_nothing_is_lost()
    {
        var files = await ChainFiles.MakeAsync(closed: false);
        using var file = files.Lay();
        Assert.False(File.Exists(file.Path + "-shm"));

        await using var process = new ChainProcess(file);
        process.Work();

        Assert.All(ChainFiles.Runs, run => Assert.True(ChainFiles.IsRight(process, run)));
        Assert.All(ChainFiles.Runs, run => Assert.Equal(0, process.Forge.BodiesOf(run, 1)));
    }

    // Every frame's boundary, and a place within each frame.
    private static IEnumerable<int> Cuts(int length)
    {
        var random = new Random(17);
        for (var boundary = LogHeader; boundary <= length; boundary += Frame)
        {
            yield return boundary;
            if (boundary < length)
                yield return boundary + random.Next(1, Math.Min(Frame, length - boundary));
        }
    }

    // How many of the commits are there, -1 before the runs are claimed; throws when it is not a beginning of what was done.
    private static async Task<int> CommitsAfterAsync(FileCopy files)
    {
        using var file = files.Lay();
        await using var store = file.Store(new ManualClock());
        await store.InitializeAsync(default);
        var a = await store.FindRunAsync("a", default);
        var b = await store.FindRunAsync("b", default);
        Assert.False(a is null && b is not null);
        if (b is not { Status: RunStatus.Running })
        {
            Assert.Equal(0, (a?.LastSequence ?? 0) + (b?.LastSequence ?? 0));
            return -1;
        }

        Assert.Equal(RunStatus.Running, a!.Status);
        Assert.Equal(0, a.LastSequence % 2);
        Assert.Contains(a.LastSequence - b.LastSequence, new long[] { 0, 2 });
        Assert.Equal(a.LastSequence, (await store.ReadCheckpointsAsync("a", default)).Count);
        Assert.Equal(b.LastSequence, (await store.ReadCheckpointsAsync("b", default)).Count);
        return (int)(a.LastSequence + b.LastSequence) / 2;
    }
}
