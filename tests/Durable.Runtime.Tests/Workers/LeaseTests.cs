using Durable.Storage;
using Durable.Testing;

namespace Durable.Runtime.Tests.Workers;

/// <summary>Leases while the store answers, fails, or is silent.</summary>
public sealed class LeaseTests
{
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(30);
    private readonly EngineSimulation _simulation = new();
    private readonly Gate _gate = new();
    private readonly ManualClock _workersClock = new();
    private TimeSpan? _canceledAt;

    [Fact]
    public void A_body_longer_than_its_lease_runs_once_because_the_lease_is_renewed()
    {
        var run = StartLongRun(_simulation.Clock);
        _simulation.Start(Workflow(), options => options.WorkerName = "second");
        _simulation.Advance(TimeSpan.FromMinutes(5));
        _gate.Open();
        _simulation.Settle();
        Assert.Equal(1, _gate.Entered);
        Assert.Equal(1, _simulation.Run(() => run.GetInfoAsync()).Epoch);
    }

    [Fact]
    public void A_lease_is_renewed_at_a_third()
    {
        StartLongRun(_workersClock);
        _simulation.Advance(s_lease / 3 - TimeSpan.FromMilliseconds(1), _workersClock);
        Assert.DoesNotContain(nameof(IRunStore.RenewLeasesAsync), _simulation.Store.Verbs);
        _simulation.Advance(TimeSpan.FromMilliseconds(1), _workersClock);
        Assert.Single(_simulation.Store.Verbs, nameof(IRunStore.RenewLeasesAsync));
    }

    [Fact]
    public void A_worker_whose_renewals_fail_gives_its_run_up_at_two_thirds_of_the_lease()
    {
        StartLongRun(_workersClock);
        _simulation.Store.FailBefore(nameof(IRunStore.RenewLeasesAsync), times: 100);
        _simulation.Advance(s_lease * 2, _workersClock);
        Assert.Equal(s_lease * 2 / 3, _canceledAt);
    }

    [Fact]
    public void A_worker_whose_store_hangs_gives_its_run_up_at_two_thirds_of_the_lease()
    {
        StartLongRun(_workersClock);
        _simulation.Store.Before = (verb, _) => verb == nameof(IRunStore.RenewLeasesAsync) ? new TaskCompletionSource().Task : Task.CompletedTask;
        _simulation.Advance(s_lease * 2, _workersClock);
        Assert.Equal(s_lease * 2 / 3, _canceledAt);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(9)]
    public void A_run_claimed_between_two_renewals_is_given_up_no_later_than_others(int secondsAfterStart)
    {
        var host = _simulation.Start(Workflow(), clock: _workersClock);
        _simulation.Advance(TimeSpan.FromSeconds(secondsAfterStart), _workersClock);
        _simulation.Store.Before = (verb, _) => verb == nameof(IRunStore.RenewLeasesAsync) ? new TaskCompletionSource().Task : Task.CompletedTask;
        _simulation.Run(() => host.Client.StartAsync(Workflow().Call(), "run"));
        _simulation.Advance(s_lease * 2, _workersClock);
        Assert.Equal(TimeSpan.FromSeconds(secondsAfterStart) + (s_lease * 2 / 3), _canceledAt);
    }

    [Fact]
    public void One_failed_renewal_costs_nothing()
    {
        StartLongRun(_workersClock);
        _simulation.Store.FailBefore(nameof(IRunStore.RenewLeasesAsync));
        _simulation.Advance(s_lease * 3, _workersClock);
        Assert.Null(_canceledAt);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void One_failed_renewal_costs_nothing_where_the_store_takes_its_time(int which)
    {
        StartLongRun(_workersClock);
        _simulation.Store.Before = async (verb, _) =>
        {
            if (verb != nameof(IRunStore.RenewLeasesAsync))
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(200), _workersClock);
            if (--which == 0)
                throw new StoreException("down");
        };
        _simulation.Advance(s_lease * 3, _workersClock);
        Assert.Null(_canceledAt);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void One_renewal_that_hangs_costs_nothing(int which)
    {
        StartLongRun(_workersClock);
        _simulation.Store.Before = (verb, _) => verb == nameof(IRunStore.RenewLeasesAsync) && --which == 0 ? new TaskCompletionSource().Task : Task.CompletedTask;
        _simulation.Advance(s_lease * 3, _workersClock);
        Assert.Null(_canceledAt);
    }

    [Fact]
    public void A_claim_that_the_store_took_long_over_is_confirmed_before_a_body_starts()
    {
        var host = _simulation.Start(Workflow());
        HoldNextClaim(TimeSpan.FromSeconds(22));
        _simulation.Run(() => host.Client.StartAsync(Workflow().Call(), "run"));
        _simulation.Advance(s_lease * 2);
        Assert.Equal((1, null), (_gate.Entered, _canceledAt));
    }

    [Fact]
    public void A_late_claim_whose_run_another_worker_holds_starts_no_body()
    {
        var late = _simulation.Start(Workflow());
        HoldNextClaim(TimeSpan.FromSeconds(45));
        var run = _simulation.Run(() => late.Client.StartAsync(Workflow().Call(), "run"));
        _simulation.Advance(s_lease + TimeSpan.FromSeconds(1));
        _simulation.Start(Workflow(), options => options.WorkerName = "second");
        _simulation.Advance(s_lease);
        Assert.Equal((1, 2L), (_gate.Entered, _simulation.Run(() => run.GetInfoAsync()).Epoch));
    }

    [Fact]
    public void A_renewal_that_fails_in_an_unforeseen_way_does_not_end_the_keeping()
    {
        StartLongRun(_workersClock);
        var failures = 1;
        _simulation.Store.Before = (verb, _) => verb == nameof(IRunStore.RenewLeasesAsync) && failures-- > 0
            ? throw new TaskCanceledException("The driver timed out.")
            : Task.CompletedTask;
        _simulation.Advance(s_lease * 3, _workersClock);
        Assert.Null(_canceledAt);
        Assert.InRange(_simulation.Store.Verbs.Count(verb => verb == nameof(IRunStore.RenewLeasesAsync)), 8, 9);
    }

    [Fact]
    public void A_run_that_was_given_up_is_not_written_and_keeps_its_attempt()
    {
        var run = StartLongRun(_workersClock);
        _simulation.Store.FailBefore(nameof(IRunStore.RenewLeasesAsync), times: 100);
        _simulation.Advance(s_lease, _workersClock);
        _gate.Open();
        _simulation.Settle();
        Assert.Empty(_simulation.Store.Commits);
        Assert.Equal(1, _simulation.Run(() => run.GetInfoAsync()).Attempt);
    }

    // The claim takes effect at once; its answer is late.
    private void HoldNextClaim(TimeSpan time)
    {
        var isNext = true;
        _simulation.Store.After = (verb, _) =>
        {
            if (verb != nameof(IRunStore.ClaimRunsAsync) || !isNext)
                return Task.CompletedTask;
            isNext = false;
            return Task.Delay(time, _simulation.Clock);
        };
    }

    private RunHandle<string> StartLongRun(ManualClock clock)
    {
        var workflow = Workflow();
        var host = _simulation.Start(workflow, clock: clock);
        return _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
    }

    private CompilerServices.WorkflowDefinition<TestWorkflow.Input, string> Workflow()
    {
        var start = _workersClock.GetUtcNow();
        return TestWorkflow.Define("Long", async w => await w.StepAsync("body", async ct =>
        {
            using var _ = ct.Register(() => _canceledAt ??= _workersClock.GetUtcNow() - start);
            await _gate.PassAsync();
            return "";
        }));
    }
}
