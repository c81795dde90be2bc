using Durable.CompilerServices;
using Durable.Storage;
using Durable.TestKit;
using Durable.Testing.History;

namespace Durable.Testing.Tests.History;

/// <summary>Real executions: a host that hangs in a body loses its run to another one, and wakes up. Over a sound store the history is valid; over each broken one the checker says what is wrong.</summary>
public sealed class BrokenStoreTests : IDisposable
{
    private static readonly TimeSpan s_renewalIsDue = TimeSpan.FromSeconds(11);

    private readonly TemporaryFolder _folder = new();
    private readonly TaskCompletionSource _held = new();
    private bool _holds = true;

    [Fact]
    public void Over_a_sound_store_the_late_commit_is_fenced_and_the_history_is_valid()
    {
        var verdict = Execute(inner => inner, new HistoryActivity { Runs = 1, Workers = 2, RepeatedBodies = 1, FencedCommits = 1, Reclaims = 1 });

        Assert.True(verdict.Kind == HistoryVerdictKind.Valid, verdict.ToString());
    }

    [Fact]
    public void Over_a_sound_store_the_late_renewal_is_refused_and_the_history_is_valid()
    {
        var verdict = Execute(inner => inner, new HistoryActivity { Runs = 1, LostLeases = 1 }, renewsLate: true);

        Assert.True(verdict.Kind == HistoryVerdictKind.Valid, verdict.ToString());
    }

    [Fact]
    public void A_store_without_a_fence_is_caught() => Caught(HistoryRule.CurrentEpoch, inner => new Unfenced(inner));

    [Fact]
    public void A_store_that_renews_whatever_it_is_asked_to_is_caught() => Caught(HistoryRule.CurrentEpoch, inner => new RenewsAll(inner), renewsLate: true);

    [Fact]
    public void A_store_that_gives_one_run_to_two_claimers_is_caught() => Caught(HistoryRule.CurrentEpoch, inner => new ClaimsTwice(inner));

    [Fact]
    public void A_store_that_acknowledges_what_it_did_not_write_is_caught() => Caught(HistoryRule.NoBodyAfterCommit, inner => new Forgets(inner));

    [Fact]
    public void A_store_that_cuts_results_short_is_caught() => Caught(HistoryRule.ImmutableResult, inner => new CutsResults(inner));

    [Fact]
    public void A_store_that_returns_old_checkpoints_is_caught() => Caught(HistoryRule.NothingLost, inner => new ReadsStale(inner));

    public void Dispose() => _folder.Dispose();

    private void Caught(HistoryRule rule, Func<IRunStore, IRunStore> broken, bool renewsLate = false)
    {
        var verdict = Execute(broken, new HistoryActivity(), renewsLate);
        Assert.True(verdict.Violations.Any(violation => violation.Rule == rule), verdict.ToString());
    }

    private HistoryVerdict Execute(Func<IRunStore, IRunStore> broken, HistoryActivity floor, bool renewsLate = false)
    {
        var simulation = new Simulation(store: clock => broken(new InMemoryStore(clock)));
        var still = new ManualClock();
        using (HistoryWriter first = HistoryWriter.Create(_folder.Path, "first"), second = HistoryWriter.Create(_folder.Path, "second"), driver = HistoryWriter.Create(_folder.Path, "driver"))
        {
            var workflow = Letters();
            var one = simulation.Start(durable => durable.AddModule(new TestModule(workflow)).RecordHistory(first), still);
            simulation.Run(() => new RecordedClient(one.Client, driver).StartAsync(workflow.Call(), "run"));
            simulation.Settle();

            // The first host's time stands still: it renews nothing, and holds the second body.
            _holds = false;
            var two = simulation.Start(durable => durable.AddModule(new TestModule(workflow)).RecordHistory(second));
            simulation.PassLeases();
            if (renewsLate)
                simulation.Advance(s_renewalIsDue, still);
            _held.SetResult();
            simulation.Settle();
            driver.Healed();
            simulation.Advance(TimeSpan.FromMinutes(2));
            simulation.Run(() => new RecordedStore(simulation.Store, driver).AuditAsync());
            foreach (var host in (DurableHost[])[one, two])
                simulation.Run(() => host.DisposeAsync().AsTask());
        }

        return HistoryChecker.Check(RecordedHistory.ReadFolder(_folder.Path), new HistoryOptions { Floor = floor });
    }

    private WorkflowDefinition<TestWorkflow.Input, string> Letters() => TestWorkflow.Define("Letters", async workflow =>
    {
        var letters = await workflow.StepAsync("a", _ => Task.FromResult("a"));
        letters += await workflow.StepAsync("b", async _ =>
        {
            if (_holds)
                await _held.Task;
            return "b";
        });
        return letters + await workflow.StepAsync("c", _ => Task.FromResult("c"));
    });

    private sealed class Unfenced(IRunStore inner) : DelegatingStore(inner)
    {
        public override async ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
        {
            await Inner.CommitAsync(commit, cancellationToken);
            return CommitResult.Committed;
        }
    }

    private sealed class RenewsAll(IRunStore inner) : DelegatingStore(inner)
    {
        public override ValueTask<RenewedLeases> RenewLeasesAsync(LeaseRenewal renewal, CancellationToken cancellationToken) => new(new RenewedLeases([], []));
    }

    private sealed class ClaimsTwice(IRunStore inner) : DelegatingStore(inner)
    {
        private IReadOnlyList<RunRecord> _claimed = [];

        public override async ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
        {
            var runs = await Inner.ClaimRunsAsync(request, cancellationToken);
            (runs, _claimed) = runs.Count > 0 ? (runs, runs) : (_claimed, []);
            return runs;
        }
    }

    private sealed class Forgets(IRunStore inner) : DelegatingStore(inner)
    {
        private int _commits;

        public override ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
            => ++_commits == 1 ? new(CommitResult.Committed) : Inner.CommitAsync(commit, cancellationToken);
    }

    private sealed class CutsResults(IRunStore inner) : DelegatingStore(inner)
    {
        public override ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
            => Inner.CommitAsync(commit with { Checkpoints = [.. commit.Checkpoints.Select(checkpoint => checkpoint with { Result = checkpoint.Result[..^1] })] }, cancellationToken);
    }

    private sealed class ReadsStale(IRunStore inner) : DelegatingStore(inner)
    {
        public override async ValueTask<IReadOnlyList<CheckpointRecord>> ReadCheckpointsAsync(string runId, CancellationToken cancellationToken)
            => [.. (await Inner.ReadCheckpointsAsync(runId, cancellationToken)).SkipLast(1)];
    }
}
