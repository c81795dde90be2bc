using System.Text;
using Durable.TestKit;

namespace Durable.BrokenStores.Tests;

/// <summary>Stores that are wrong on purpose: the suites of the store contract catch every one of them. A suite that lets one pass proves nothing about the others.</summary>
public sealed class BrokenStoresTests
{
    [Fact]
    public async Task Every_broken_store_is_caught_and_the_table_says_by_what()
    {
        var table = new StringBuilder();
        foreach (var store in BrokenStore.All)
        {
            table.AppendLine(store.Name);
            var requirement = await Suites.Requirements(store.Break).FirstFailureAsync(only: store.Requirement);
            table.AppendLine($"  requirement: {requirement ?? "not caught"}");
            table.AppendLine($"  model: {(await Suites.Model(store.Break).FirstFailureAsync() is null ? "not caught" : "caught")}");
            var faults = store.IsAboveFaults ? Suites.Faults(healthy => healthy, store.Break) : Suites.Faults(store.Break, healthy => healthy);
            table.AppendLine($"  fault scenario: {await faults.FirstFailureAsync() ?? "not caught"}");
            Assert.True(requirement is not null, $"No requirement catches: {store.Name}.");
        }

        Snapshot.Matches(table.ToString(), extension: "txt");
    }

    [Fact]
    public async Task A_healthy_store_meets_every_requirement_in_the_same_runner()
        => Assert.Null(await Suites.Requirements(store => new PassOn(store)).FirstFailureAsync());

    [Fact]
    public async Task A_healthy_store_agrees_with_the_model_in_the_same_runner()
        => Assert.Null(await Suites.Model(store => new PassOn(store)).FirstFailureAsync());

    [Fact]
    public async Task A_healthy_store_converges_under_every_fault_in_the_same_runner()
        => Assert.Null(await Suites.Faults(store => new PassOn(store), store => new PassOn(store)).FirstFailureAsync());

    [Fact]
    public async Task The_fault_scenarios_catch_a_commit_that_is_repeated_blindly()
        => Assert.NotNull(await Suites.Faults(store => store, store => new BlindRepeat(store)).FirstFailureAsync());

    [Fact]
    public void Thirty_two_stores_are_broken()
        => Assert.Equal(32, BrokenStore.All.Select(store => store.Name).Distinct().Count());

    private sealed class PassOn(IRunStore inner) : DelegatingStore(inner);

    /// <summary>What an engine would be that repeats a commit whose fate is unknown, instead of reading it back.</summary>
    private sealed class BlindRepeat(IRunStore inner) : DelegatingStore(inner)
    {
        public override async ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
        {
            try
            {
                return await Inner.CommitAsync(commit, cancellationToken);
            }
            catch (StoreException)
            {
                return await Inner.CommitAsync(commit, cancellationToken);
            }
        }
    }
}
