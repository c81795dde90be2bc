using Durable.Storage;
using Durable.Testing;

namespace Durable.Sqlite.Tests;

/// <summary>Once on a small file system, if one can be mounted, and always by a limit on the file's pages.</summary>
public sealed class DiskFullTests
{
    // More than the pages at hand hold, so that every write has to grow the file.
    private static readonly byte[] s_large = [.. Enumerable.Repeat((byte)'7', 20_000)];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task No_commit_of_a_batch_that_met_a_full_disk_is_acknowledged_or_seen(bool mounted)
    {
        using var disk = SmallDisk.Make(mounted);
        await using var store = await OpenAsync(disk);
        var held = await HoldAsync(store, 20);
        await disk.FillAsync(store);

        Task<CommitResult>[] commits;
        using (new SqliteWriteLock(disk.File.Path).Take())
            commits = [.. held.Select(run => store.CommitAsync(Commit(run), default).AsTask())];

        foreach (var commit in commits)
            await Assert.ThrowsAsync<StoreException>(() => commit);
        foreach (var run in held)
        {
            Assert.Empty(await store.ReadCheckpointsAsync(run.RunId, default));
            var found = await store.FindRunAsync(run.RunId, default);
            Assert.Equal((RunStatus.Running, run.Epoch, 0L), (found!.Status, found.Epoch, found.LastSequence));
        }

        await disk.MakeSpaceAsync(store);
        foreach (var run in held)
            Assert.Equal(CommitResult.Committed, await store.CommitAsync(Commit(run), default));
        Assert.All(held, run => Assert.Single(store.ReadCheckpointsAsync(run.RunId, default).AsTask().Result));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_run_that_a_full_disk_had_no_room_for_is_not_there(bool mounted)
    {
        using var disk = SmallDisk.Make(mounted);
        await using var store = await OpenAsync(disk);
        await disk.FillAsync(store);
        var large = Sample.Run("large") with { Input = s_large };

        await Assert.ThrowsAsync<StoreException>(() => store.CreateRunAsync(large, default).AsTask());

        Assert.Null(await store.FindRunAsync("large", default));
        await disk.MakeSpaceAsync(store);
        Assert.True((await store.CreateRunAsync(large, default)).Created);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_error_of_a_full_disk_names_the_file_its_size_and_the_space_and_says_what_to_do(bool mounted)
    {
        using var disk = SmallDisk.Make(mounted);
        await using var store = await OpenAsync(disk);
        await disk.FillAsync(store);

        var failure = await Assert.ThrowsAsync<StoreException>(() => store.CreateRunAsync(Sample.Run("large") with { Input = s_large }, default).AsTask());

        Assert.Contains($"SQLite file '{disk.File.Path}'", failure.Message);
        Assert.Contains("disk is full", failure.Message);
        Assert.Matches(@"The file has [\d,]+ bytes, its log [\d,]+; free on the disk are [\d,]+\.", failure.Message);
        Assert.Contains("Nothing of this was written. Make space; the store needs no restart.", failure.Message);
    }

    [Theory]
    [InlineData(true, 3)]
    [InlineData(false, 3)]
    [InlineData(true, 90)]
    [InlineData(false, 90)]
    public async Task Runs_that_met_a_full_disk_finish_when_there_is_space_again_and_no_body_runs_after_its_commit(bool mounted, int seconds)
    {
        const int Runs = 5;
        const int Links = 12;
        using var disk = SmallDisk.Make(mounted);
        var forge = new Forge();
        await using var process = new ChainProcess(disk.File, forge);
        process.Work();
        var committed = new HashSet<(string Run, int Number)>();
        forge.Holds = (run, number) =>
        {
            // The first body of its number in any run fills the disk: everything before it is committed, and nothing after.
            if (number == 4 && committed.Count == 0)
            {
                committed.UnionWith(Enumerable.Range(1, Runs).SelectMany(each => process.StoredLinks($"run-{each}").Select(link => ($"run-{each}", link))));
                Task.Run(() => disk.FillAsync(process.Store)).Wait();
            }

            return false;
        };
        for (var run = 1; run <= Runs; run++)
            process.Start($"run-{run}", Links, padding: 5_000);
        process.Settle();
        process.Wait(TimeSpan.FromSeconds(seconds));
        Assert.All(Enumerable.Range(1, Runs), run => Assert.NotEqual(RunStatus.Completed, process.Status($"run-{run}")));

        await disk.MakeSpaceAsync(process.Store);
        process.Wait(TimeSpan.FromSeconds(60));

        for (var run = 1; run <= Runs; run++)
        {
            Assert.Equal(Forge.Result(Links, ChainProcess.Word($"run-{run}", 5_000)), process.Result($"run-{run}"));
            Assert.Equal(Links, process.History($"run-{run}").Count);
        }

        Assert.NotEmpty(committed);
        Assert.All(committed, body => Assert.Equal(1, forge.BodiesOf(body.Run, body.Number)));
        // While the run is held its outcomes wait in memory: no body runs again at all. Later it was given up, and the next incarnation runs what was not stored.
        if (seconds < 20)
            Assert.Equal(Runs * Links, forge.Bodies);
    }

    private static RunCommit Commit(RunRecord run) => Sample.Commit(run, Sample.Step(1) with { Result = s_large });

    private static async Task<SqliteStore> OpenAsync(SmallDisk disk)
    {
        var store = disk.File.Store(new ManualClock());
        await store.InitializeAsync(default);
        return store;
    }

    private static async Task<IReadOnlyList<RunRecord>> HoldAsync(SqliteStore store, int runs)
    {
        for (var number = 0; number < runs; number++)
            await store.CreateRunAsync(Sample.Run($"run-{number}"), default);
        return await store.ClaimRunsAsync(Sample.Claim, default);
    }
}
