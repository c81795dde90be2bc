using Durable.Storage;
using Durable.Testing;

namespace Durable.Sqlite.Tests;

public sealed class GroupCommitTests : IAsyncLifetime
{
    private readonly SqliteFile _file = new();
    private readonly SqliteStore _store;

    public GroupCommitTests() => _store = _file.Store(new ManualClock());

    public async Task InitializeAsync() => await _store.InitializeAsync(default);

    public async Task DisposeAsync()
    {
        await _store.DisposeAsync();
        _file.Dispose();
    }

    [Fact]
    public async Task Commits_that_wait_share_one_transaction()
    {
        var held = await HoldAsync(20);
        var before = _store.Transactions;

        var results = await WhileTheFileIsTakenAsync(() => held.Select(run => CommitAsync(Sample.Commit(run, Sample.Step(1)))));

        Assert.All(results, result => Assert.Equal(CommitResult.Committed, result));
        Assert.Equal(1, _store.Transactions - before);
    }

    [Fact]
    public async Task Different_verbs_share_a_transaction_in_the_order_of_their_calls()
    {
        var before = _store.Transactions;
        Task<IReadOnlyList<RunRecord>> claim = null!;

        await WhileTheFileIsTakenAsync<CreateRunResult>(() =>
        {
            var create = _store.CreateRunAsync(Sample.Run("run"), default).AsTask();
            claim = _store.ClaimRunsAsync(Sample.Claim, default).AsTask();
            return [create];
        });

        Assert.Equal("run", Assert.Single(await claim).RunId);
        Assert.Equal(1, _store.Transactions - before);
    }

    [Fact]
    public async Task A_commit_that_fails_spoils_no_other_of_its_transaction()
    {
        var held = await HoldAsync(5);
        await CommitAsync(Sample.Commit(held[2], Sample.Step(1)));
        var mistaken = Sample.Commit(held[2], Sample.Step(1), Sample.Step(2));
        Task<CommitResult> failed = null!;

        var results = await WhileTheFileIsTakenAsync<CommitResult>(() =>
        {
            var before = held.Take(2).Select(run => CommitAsync(Sample.Commit(run, Sample.Step(1)))).ToArray();
            failed = CommitAsync(mistaken);
            return [.. before, .. held.Skip(3).Select(run => CommitAsync(Sample.Commit(run, Sample.Step(1))))];
        });

        await Assert.ThrowsAnyAsync<ArgumentException>(() => failed);
        Assert.All(results, result => Assert.Equal(CommitResult.Committed, result));
        Assert.Equal(1, Assert.Single(await _store.ReadCheckpointsAsync(held[2].RunId, default)).Sequence);
        Assert.Single(await _store.ReadCheckpointsAsync(held[4].RunId, default));
    }

    [Fact]
    public async Task A_fenced_commit_spoils_no_other_of_its_transaction()
    {
        var held = await HoldAsync(3);

        var results = await WhileTheFileIsTakenAsync(
            () => held.Select(run => CommitAsync(Sample.Commit(run == held[1] ? run with { Epoch = 9 } : run, Sample.Step(1)))));

        Assert.Equal([CommitResult.Committed, CommitResult.Fenced, CommitResult.Committed], results);
    }

    [Fact]
    public async Task Disposing_finishes_what_is_queued()
    {
        var held = await HoldAsync(10);

        var results = await WhileTheFileIsTakenAsync<CommitResult>(() =>
        {
            var commits = held.Select(run => CommitAsync(Sample.Commit(run, Sample.Step(1)))).ToArray();
            _ = _store.DisposeAsync();
            return commits;
        });

        Assert.All(results, result => Assert.Equal(CommitResult.Committed, result));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => CommitAsync(Sample.Commit(held[0], Sample.Step(2))));
    }

    private Task<CommitResult> CommitAsync(RunCommit commit) => _store.CommitAsync(commit, default).AsTask();

    private async Task<IReadOnlyList<RunRecord>> HoldAsync(int runs)
    {
        for (var number = 0; number < runs; number++)
            await _store.CreateRunAsync(Sample.Run($"run-{number}"), default);
        return await _store.ClaimRunsAsync(Sample.Claim, default);
    }

    /// <summary>Calls verbs while the writer cannot begin a transaction, as if another process wrote.</summary>
    private async Task<T[]> WhileTheFileIsTakenAsync<T>(Func<IEnumerable<Task<T>>> verbs)
    {
        Task<T>[] waiting;
        using (new SqliteWriteLock(_file.Path).Take())
            waiting = [.. verbs()];
        return await Task.WhenAll(waiting);
    }
}
