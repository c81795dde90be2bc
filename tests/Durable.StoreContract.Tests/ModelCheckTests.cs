using Durable.Storage.Contract.Model;

namespace Durable.Storage.Contract.Tests;

/// <summary>The model test can fail: planted defects are found, and the sequence that is left of them is short.</summary>
public sealed class ModelCheckTests
{
    private static readonly ModelSeed s_seed = new(1, 3, null);

    [Fact]
    public async Task A_dropped_clearing_is_found_and_made_as_short_as_it_gets()
    {
        var failure = await CheckAsync(store => new DroppedClearing(store));

        // Create, claim, one commit that adds and clears.
        Assert.Equal([typeof(CreateOperation), typeof(ClaimOperation), typeof(CommitOperation)], failure.Sequence.Select(operation => operation.GetType()));
        var commit = (CommitOperation)failure.Sequence[^1];
        Assert.Single(commit.Sequences);
        Assert.Single(commit.Cleared);
        Assert.Null(commit.Transition);
    }

    [Fact]
    public async Task The_transcript_tells_what_was_done_and_where_the_answers_differ()
    {
        var failure = await CheckAsync(store => new DroppedClearing(store));

        Assert.Matches(@"1\. create run \d of workflow \d .*\n.*2\. claim \d+ of workflows \[.*\n.*3\. commit run \d .*, clear \[", failure.Transcript);
        Assert.Matches(@"expected: .* Cleared .*\n.*actual: .* (Completed|Failed) ", failure.Transcript);
    }

    [Fact]
    public async Task The_seed_of_a_failure_repeats_it()
    {
        var failure = await CheckAsync(store => new DroppedClearing(store));

        var again = await CheckAsync(store => new DroppedClearing(store), ModelSeed.Parse(failure.Seed.ToString()));

        Assert.Equal(failure.Transcript, again.Transcript);
    }

    [Fact]
    public async Task A_failing_set_that_is_forgotten_is_found()
    {
        var failure = await CheckAsync(store => new ForgottenFailingSet(store));

        // By the resume that should clear it, or by the suspension that clears it itself.
        Assert.Contains(failure.Sequence, operation => operation is ResumeOperation or CommitOperation { IsNextAttempt: true });
        Assert.InRange(failure.Sequence.Count, 3, 5);
    }

    [Fact]
    public async Task A_renewal_that_does_not_look_at_the_epoch_is_found()
        => Assert.IsType<RenewOperation>((await CheckAsync(store => new CarelessRenewal(store))).Sequence[^1]);

    [Fact]
    public async Task A_listing_that_begins_anew_with_every_page_is_found()
        => Assert.IsType<ListOperation>((await CheckAsync(store => new ForgetfulListing(store))).Sequence[^1]);

    [Fact]
    public async Task A_purge_that_does_not_look_at_the_age_is_found()
        => Assert.IsType<PurgeOperation>((await CheckAsync(store => new ImpatientPurge(store))).Sequence[^1]);

    [Fact]
    public async Task A_termination_that_does_not_fence_the_holder_is_found()
        => Assert.Contains((await CheckAsync(store => new PoliteTermination(store))).Sequence, operation => operation is TerminateOperation);

    [Fact]
    public async Task A_cancellation_that_a_commit_need_not_know_is_found()
    {
        var failure = await CheckAsync(store => new QuietCancellation(store));

        Assert.Contains(failure.Sequence, operation => operation is CancelOperation);
        Assert.IsType<CommitOperation>(failure.Sequence[^1]);
        Assert.InRange(failure.Sequence.Count, 3, 5);
    }

    [Fact]
    public async Task A_decision_about_any_attempt_is_found()
        => Assert.IsType<DecideOperation>((await CheckAsync(store => new CarelessDecision(store))).Sequence[^1]);

    [Fact]
    public async Task A_final_end_that_is_forgotten_is_found()
        => Assert.Contains((await CheckAsync(store => new NothingFinal(store))).Sequence, operation => operation is CommitOperation { IsFinal: true });

    [Fact]
    public async Task Takeovers_that_outlive_progress_are_found()
    {
        // Of another seed than the others: shrinking takes out one operation at a time, and with theirs it stops where a claim too many is left.
        var failure = await CheckAsync(store => new GrudgingTakeovers(store), new ModelSeed(2, 3, null));

        // Claim, take over, store something, take over again.
        Assert.Equal(3, failure.Sequence.Count(operation => operation is ClaimOperation));
        Assert.Contains(failure.Sequence, operation => operation is CommitOperation);
    }

    [Fact]
    public async Task A_timeout_that_is_forgotten_is_found()
        => Assert.NotNull(Assert.IsType<CreateOperation>((await CheckAsync(store => new NoDeadline(store))).Sequence[^1]).Timeout);

    [Fact]
    public async Task Damage_that_a_commit_does_not_see_is_found()
        => Assert.Equal(1, Assert.IsType<CommitOperation>((await CheckAsync(store => new BlindCommit(store))).Sequence[^1]).Known);

    [Fact]
    public async Task A_store_that_throws_is_found()
    {
        var failure = await CheckAsync(store => new ThrowingReads(store));

        Assert.Contains("StoreException: out of order", failure.Transcript);
    }

    [Fact]
    public async Task A_defect_that_needs_a_neighbour_is_found_and_said_to_need_it()
    {
        var failure = await CheckAsync(store => new FailsWhenFull(store));

        Assert.Contains("beside the others of its seed", failure.Transcript);
    }

    private static async Task<ModelFailure> CheckAsync(Func<IRunStore, IRunStore> plant, ModelSeed? seed = null)
    {
        await using var factory = new DecoratingStoreFactory(new InMemoryStoreFactory(), plant);
        var failure = await new ModelCheck(factory).RunAsync(1_000, seed ?? s_seed);
        Assert.NotNull(failure);
        return failure;
    }

    private sealed class DroppedClearing(IRunStore inner) : DelegatingStore(inner)
    {
        public override ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
            => base.CommitAsync(commit with { Cleared = [] }, cancellationToken);
    }

    private sealed class ForgottenFailingSet(IRunStore inner) : DelegatingStore(inner)
    {
        public override ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
            => base.CommitAsync(commit.Transition is { } end ? commit with { Transition = end with { FailingSet = [] } } : commit, cancellationToken);
    }

    private sealed class CarelessRenewal(IRunStore inner) : DelegatingStore(inner)
    {
        public override async ValueTask<RenewedLeases> RenewLeasesAsync(LeaseRenewal renewal, CancellationToken cancellationToken)
        {
            var leases = new List<RunLease>();
            foreach (var lease in renewal.Leases)
                leases.Add(lease with { Epoch = (await Inner.FindRunAsync(lease.RunId, cancellationToken))?.Epoch ?? lease.Epoch });
            return await Inner.RenewLeasesAsync(renewal with { Leases = leases }, cancellationToken);
        }
    }

    private sealed class ForgetfulListing(IRunStore inner) : DelegatingStore(inner)
    {
        public override ValueTask<IReadOnlyList<RunSummary>> ListRunsAsync(RunQuery query, CancellationToken cancellationToken)
            => base.ListRunsAsync(query with { After = null }, cancellationToken);
    }

    private sealed class ImpatientPurge(IRunStore inner) : DelegatingStore(inner)
    {
        public override ValueTask<int> PurgeRunsAsync(PurgeRequest request, CancellationToken cancellationToken)
            => base.PurgeRunsAsync(request with { Age = TimeSpan.Zero }, cancellationToken);
    }

    private sealed class QuietCancellation(IRunStore inner) : DelegatingStore(inner)
    {
        public override ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
            => base.CommitAsync(commit with { KnowsCancellation = commit.Transition?.Status != RunStatus.Completed }, cancellationToken);
    }

    private sealed class CarelessDecision(IRunStore inner) : DelegatingStore(inner)
    {
        public override async ValueTask<bool> DecideStepAsync(StepDecision decision, CancellationToken cancellationToken)
            => await Inner.DecideStepAsync(decision with { Attempt = (await Inner.FindRunAsync(decision.RunId, cancellationToken))?.Attempt ?? 1 }, cancellationToken);
    }

    private sealed class NothingFinal(IRunStore inner) : DelegatingStore(inner)
    {
        public override ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
            => base.CommitAsync(commit.Transition is { IsFinal: true, Status: RunStatus.Failed or RunStatus.Canceled } end ? commit with { Transition = end with { IsFinal = false } } : commit, cancellationToken);
    }

    // Counts each claim from a lost holder, whatever that one stored.
    private sealed class GrudgingTakeovers(IRunStore inner) : DelegatingStore(inner)
    {
        private readonly Dictionary<string, int> _takeovers = [];

        public override async ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
        {
            var claimed = await Inner.ClaimRunsAsync(request, cancellationToken);
            return [.. claimed.Select(run => run with { Takeovers = _takeovers[run.RunId] = run.Takeovers == 0 ? 0 : _takeovers.GetValueOrDefault(run.RunId) + 1 })];
        }
    }

    private sealed class NoDeadline(IRunStore inner) : DelegatingStore(inner)
    {
        public override ValueTask<CreateRunResult> CreateRunAsync(NewRun run, CancellationToken cancellationToken) => base.CreateRunAsync(run with { Timeout = null }, cancellationToken);
    }

    private sealed class BlindCommit(IRunStore inner) : DelegatingStore(inner)
    {
        public override ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken) => base.CommitAsync(commit with { LastSequence = null }, cancellationToken);
    }

    private sealed class PoliteTermination(IRunStore inner) : DelegatingStore(inner)
    {
        public override async ValueTask<RunStatus?> TerminateRunAsync(TerminateRequest request, CancellationToken cancellationToken)
            => await Inner.FindRunAsync(request.RunId, cancellationToken) is { Status: RunStatus.Running }
                ? RunStatus.Running
                : await Inner.TerminateRunAsync(request, cancellationToken);
    }

    private sealed class ThrowingReads(IRunStore inner) : DelegatingStore(inner)
    {
        public override ValueTask<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken) => throw new StoreException("out of order");
    }

    private sealed class FailsWhenFull(IRunStore inner) : DelegatingStore(inner)
    {
        private int _created;

        public override ValueTask<CreateRunResult> CreateRunAsync(NewRun run, CancellationToken cancellationToken)
            => ++_created > 60 ? throw new StoreException("full") : base.CreateRunAsync(run, cancellationToken);
    }
}
