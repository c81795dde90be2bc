using System.Collections.Concurrent;
using Durable.Storage;

namespace Durable.Testing.Tests.Simulations;

/// <summary>Stores that are wrong on purpose: the worlds notice each of them. Which other mistakes of a store are noticed is shown by its contract.</summary>
public sealed class PlantedDefectTests
{
    private const int Enough = 300;

    [Fact]
    public void A_commit_that_is_not_fenced_is_found() => Found("G7", store => new Unfenced(store));

    [Fact]
    public void A_commit_that_is_acknowledged_and_not_written_is_found() => Found("G3", store => new Forgetful(store));

    [Fact]
    public void A_lease_that_is_renewed_for_whoever_asks_is_found() => Found("G7", store => new Lenient(store));

    [Fact]
    public void A_run_that_is_claimed_before_its_lease_has_passed_is_found() => Found("G7", store => new Hasty(store));

    [Fact]
    public void A_body_that_runs_after_its_commit_is_found() => Found("G3", store => new Stale(store));

    // By the time that a reader is told, or by the claim that comes too early: whichever a seed comes to first.
    [Fact]
    public void A_suspension_that_is_shorter_than_asked_for_is_found() => Found(["G3", "G7"], store => new Restless(store));

    private static void Found(string promise, Func<IRunStore, IRunStore> defect) => Found([promise], defect);

    private static void Found(string[] promises, Func<IRunStore, IRunStore> defect)
    {
        var failure = SeedRun.Of(1, Enough, defect).Failure;
        Assert.NotNull(failure);
        Assert.Contains(failure.Message[..2], promises);
    }

    // Writes with whatever epoch is current.
    private sealed class Unfenced(IRunStore inner) : DelegatingStore(inner)
    {
        public override async ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
            => await Inner.CommitAsync(commit with { Epoch = (await Inner.FindRunAsync(commit.RunId, default))!.Epoch }, cancellationToken);
    }

    // Loses every fifth write of a checkpoint.
    private sealed class Forgetful(IRunStore inner) : DelegatingStore(inner)
    {
        private int _commits;

        public override ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
            => commit.Transition is null && ++_commits % 5 == 0 ? new(CommitResult.Committed) : Inner.CommitAsync(commit, cancellationToken);
    }

    // Does not look at the epoch of a heartbeat.
    private sealed class Lenient(IRunStore inner) : DelegatingStore(inner)
    {
        public override async ValueTask<RenewedLeases> RenewLeasesAsync(LeaseRenewal renewal, CancellationToken cancellationToken)
        {
            return await Inner.RenewLeasesAsync(renewal, cancellationToken) with { Lost = [] };
        }
    }

    // Holds leases for a fifth of what was asked for.
    private sealed class Hasty(IRunStore inner) : DelegatingStore(inner)
    {
        public override ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
            => Inner.ClaimRunsAsync(request with { Lease = request.Lease / 5 }, cancellationToken);

        public override ValueTask<RenewedLeases> RenewLeasesAsync(LeaseRenewal renewal, CancellationToken cancellationToken)
            => Inner.RenewLeasesAsync(renewal with { Lease = renewal.Lease / 5 }, cancellationToken);
    }

    // Wakes suspended runs after a fifth of their wait.
    private sealed class Restless(IRunStore inner) : DelegatingStore(inner)
    {
        public override ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
            => Inner.CommitAsync(commit.Transition is { Wait: { } wait } transition ? commit with { Transition = transition with { Wait = wait / 5 } } : commit, cancellationToken);
    }

    // Answers a read of checkpoints from what it had answered before.
    private sealed class Stale(IRunStore inner) : DelegatingStore(inner)
    {
        private readonly ConcurrentDictionary<string, IReadOnlyList<CheckpointRecord>> _before = new();

        public override async ValueTask<IReadOnlyList<CheckpointRecord>> ReadCheckpointsAsync(string runId, CancellationToken cancellationToken)
        {
            var read = await Inner.ReadCheckpointsAsync(runId, cancellationToken);
            return _before.TryGetValue(runId, out var before) ? before : _before[runId] = read;
        }
    }
}
