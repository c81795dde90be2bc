using Durable.Storage;
using Durable.Testing;
using Microsoft.Data.Sqlite;

namespace Durable.Sqlite.Tests;

/// <summary>Checkpoints of a run that goes on are lost together with their index entries, or a damaged index hides them: no row says so, but the holder knows what it stored.</summary>
public sealed class LostCheckpointTests : IDisposable
{
    private readonly SqliteFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_commit_that_builds_on_a_lost_checkpoint_finds_the_damage_and_writes_nothing(bool ends)
    {
        await using var store = _file.Store(new ManualClock());
        await store.InitializeAsync(default);
        await store.EnterAsWorkerAsync(default);
        await store.CreateRunAsync(Sample.Run("run"), default);
        var held = Assert.Single(await store.ClaimRunsAsync(Sample.Claim, default));
        await store.CommitAsync(Sample.Commit(held, Sample.Step(1), Sample.Step(2)), default);
        Lose("sequence = 2");

        var commit = Sample.Commit(held, Sample.Step(3)) with { LastSequence = 2, Transition = ends ? new RunTransition { Status = RunStatus.Completed } : null };
        var damage = await Assert.ThrowsAsync<RunDamagedException>(() => store.CommitAsync(commit, default).AsTask());

        Assert.Contains("checkpoint 2 was stored, and the last one that is there now is 1", damage.Message);
        Assert.Equal((RunStatus.Running, 1L), ((await store.FindRunAsync("run", default))!.Status, (await store.FindRunAsync("run", default))!.LastSequence));
    }

    [Fact]
    public async Task A_run_that_goes_on_ends_with_its_whole_history_or_not_at_all()
    {
        var isLost = false;
        var forge = new Forge
        {
            Holds = (_, number) =>
            {
                if (number == 3 && !isLost)
                {
                    isLost = true;
                    Lose("sequence > 1");
                }

                return false;
            },
        };
        await using var process = new ChainProcess(_file, forge);
        process.Start("run", links: 4);
        process.Work();
        Assert.Equal([1], process.StoredLinks("run"));
        Assert.Single(process.Log.Of(1303));

        // Dropped, and claimed again when its lease has passed: what is there is replayed, the rest is done again.
        process.Wait(TimeSpan.FromMinutes(1));

        Assert.Equal(Forge.Result(4, "run"), process.Result("run"));
        Assert.Equal([1, 2, 3, 4], process.History("run").Select(checkpoint => (int)checkpoint.Sequence));
        Assert.Equal([1, 2, 2, 1], Enumerable.Range(1, 4).Select(link => forge.BodiesOf("run", link)));
    }

    private void Lose(string which)
    {
        using var connection = new SqliteConnection($"Data Source={_file.Path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"DELETE FROM checkpoints WHERE {which}";
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }
}
