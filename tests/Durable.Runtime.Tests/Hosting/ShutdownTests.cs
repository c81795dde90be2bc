using Durable.CompilerServices;
using Durable.Storage;

namespace Durable.Runtime.Tests.Hosting;

/// <summary>A shutdown in two phases: what runs may finish, what was not started is not, and every run is given back.</summary>
public sealed class ShutdownTests
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(20);
    private readonly EngineSimulation _simulation = new();
    private readonly TaskCompletionSource<int> _open = new();
    private readonly List<string> _bodies = [];

    [Fact]
    public void A_body_that_ends_within_the_grace_has_its_outcome_stored()
    {
        var stopping = StopWithinBody(Patient());
        Assert.False(stopping.IsCompleted);
        _open.SetResult(1);
        _simulation.Settle();
        Assert.True(stopping.IsCompletedSuccessfully);
        Assert.Equal(["/first"], Checkpoints());
    }

    [Fact]
    public void A_renewal_that_fails_at_the_moment_of_the_stop_does_not_fail_the_shutdown()
    {
        // What comes first in that moment is decided by the order of the work: many orders are tried.
        for (var seed = 1; seed <= 100; seed++)
        {
            var simulation = new EngineSimulation(seed);
            var workflow = TestWorkflow.Define("Long", w => w.StepAsync("long", _ => _open.Task));
            var fails = new TaskCompletionSource();
            simulation.Store.Before = async (verb, _) =>
            {
                if (verb != nameof(IRunStore.RenewLeasesAsync))
                    return;
                await fails.Task;
                throw new StoreException("down");
            };
            var host = simulation.Start(workflow, options => options.ShutdownGrace = TimeSpan.FromSeconds(14));
            simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
            var stopping = simulation.Begin(async () =>
            {
                await host.DisposeAsync();
                return seed;
            });
            // A renewal is under way when the grace has passed, and fails together with the end of the moment that follows.
            simulation.Advance(TimeSpan.FromSeconds(14));
            simulation.Clock.Advance(TimeSpan.FromSeconds(1));
            fails.SetResult();
            simulation.Settle();
            Assert.Equal(seed, simulation.Run(() => stopping));
        }
    }

    [Fact]
    public void A_claim_that_fails_after_the_worker_has_stopped_is_not_followed_by_another()
    {
        var claim = new TaskCompletionSource();
        var claims = 0;
        _simulation.Store.Before = (verb, _) => verb != nameof(IRunStore.ClaimRunsAsync) ? Task.CompletedTask : ++claims == 1 ? claim.Task : new TaskCompletionSource().Task;
        var host = _simulation.Start(Patient());
        var stopping = _simulation.Begin(async () =>
        {
            await host.DisposeAsync();
            return 1;
        });
        _simulation.Advance(s_grace + TimeSpan.FromSeconds(2));
        Assert.True(stopping.IsCompletedSuccessfully);
        claim.SetException(new StoreException("down"));
        _simulation.Settle();
        Assert.Equal(1, claims);
    }

    [Fact]
    public void No_further_body_starts_during_a_shutdown()
    {
        StopWithinBody(Patient());
        _open.SetResult(1);
        _simulation.Settle();
        Assert.Equal(["first"], _bodies);
    }

    [Fact]
    public void A_drained_run_is_given_back_at_once_and_uses_up_no_attempt()
    {
        StopWithinBody(Patient());
        _open.SetResult(1);
        _simulation.Settle();
        var info = Info();
        Assert.Equal((RunStatus.Pending, 1), (info.Status, info.Attempt));
    }

    [Fact]
    public void A_drained_run_goes_on_in_the_next_process()
    {
        StopWithinBody(Patient());
        _open.SetResult(1);
        _simulation.Settle();
        var host = _simulation.Start(Patient());
        Assert.Equal(2, _simulation.Run(() => host.Client.GetRun<int>("run").GetResultAsync()));
        Assert.Equal(["first", "second"], _bodies);
    }

    [Fact]
    public void A_run_that_waits_for_foreign_work_is_given_back_at_once()
    {
        var stopping = StopWithinBody(TestWorkflow.Define("Foreign", _ => _open.Task), bodies: 0);
        Assert.True(stopping.IsCompletedSuccessfully);
        Assert.Equal(RunStatus.Pending, Info().Status);
    }

    [Fact]
    public void A_body_that_outlasts_the_grace_is_canceled_and_its_run_given_back_without_an_outcome()
    {
        var stopping = StopWithinBody(TestWorkflow.Define("Order", async w => await w.StepAsync("first", ct =>
        {
            _bodies.Add("first");
            return UntilCanceled(ct);
        })));
        _simulation.Advance(s_grace - TimeSpan.FromMilliseconds(100));
        Assert.Equal(RunStatus.Running, Info().Status);
        _simulation.Advance(TimeSpan.FromMilliseconds(100));
        Assert.True(stopping.IsCompletedSuccessfully);
        Assert.Equal((RunStatus.Pending, 1), (Info().Status, Info().Attempt));
        Assert.Empty(Checkpoints());
    }

    [Fact]
    public void A_body_that_ignores_cancellation_is_let_go_a_moment_after_the_grace()
    {
        var stopping = StopWithinBody(Patient());
        _simulation.Advance(s_grace);
        Assert.False(stopping.IsCompleted);
        _simulation.Advance(TimeSpan.FromSeconds(1));
        Assert.True(stopping.IsCompletedSuccessfully);
        Assert.Equal((RunStatus.Pending, 1), (Info().Status, Info().Attempt));
        Assert.Contains("1 of its bodies do not end", Assert.Single(_simulation.Logs.Of(1011)).Text);
        Assert.Empty(_simulation.Logs.Of(1104));
    }

    [Fact]
    public void A_run_whose_body_was_let_go_goes_on_elsewhere_at_once()
    {
        var stopping = StopWithinBody(Patient());
        var elsewhere = _simulation.Start(Patient());
        _simulation.Advance(s_grace + TimeSpan.FromSeconds(1));
        Assert.True(stopping.IsCompletedSuccessfully);
        // By the next poll of the other worker, long before the lease has passed.
        _simulation.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["first", "first"], _bodies);
        _open.SetResult(1);
        Assert.Equal(2, _simulation.Run(() => elsewhere.Client.GetRun<int>("run").GetResultAsync()));
        Assert.Equal((1, 2L), (Info().Attempt, Info().Epoch));
    }

    [Fact]
    public void What_a_body_that_was_let_go_still_returns_is_discarded()
    {
        StopWithinBody(Patient());
        _simulation.Advance(s_grace + TimeSpan.FromSeconds(1));
        _open.SetResult(1);
        _simulation.Settle();
        Assert.Empty(Checkpoints());
        Assert.Equal(["first"], _bodies);
    }

    [Fact]
    public void A_store_that_hangs_on_a_claim_holds_up_the_shutdown_no_longer_than_the_grace()
    {
        _simulation.Store.Before = (verb, _) => verb == nameof(IRunStore.ClaimRunsAsync) ? new TaskCompletionSource().Task : Task.CompletedTask;
        var host = _simulation.Start(Patient());
        var stopping = _simulation.Begin(() => StopAsync(host));
        _simulation.Advance(s_grace + TimeSpan.FromSeconds(1));
        Assert.True(stopping.IsCompletedSuccessfully);
    }

    [Fact]
    public void What_a_claim_brings_during_a_shutdown_is_given_back()
    {
        var claims = new TaskCompletionSource();
        _simulation.Store.After = (verb, _) => verb == nameof(IRunStore.ClaimRunsAsync) ? claims.Task : Task.CompletedTask;
        var workflow = Patient();
        _simulation.Run(() => _simulation.Client().StartAsync(workflow.Call(), "run"));
        var host = _simulation.Start(workflow);
        var stopping = _simulation.Begin(() => StopAsync(host));
        claims.SetResult();
        _simulation.Settle();
        Assert.True(stopping.IsCompletedSuccessfully);
        Assert.Equal(RunStatus.Pending, Info().Status);
        Assert.Empty(_bodies);
    }

    [Fact]
    public void A_shutdown_while_the_store_is_down_ends_after_the_grace()
    {
        _simulation.Store.Before = (verb, _) => verb == nameof(IRunStore.CommitAsync) ? throw new StoreException("down") : Task.CompletedTask;
        var stopping = StopWithinBody(Patient());
        _open.SetResult(1);
        _simulation.Advance(s_grace + TimeSpan.FromSeconds(2));
        Assert.True(stopping.IsCompletedSuccessfully);
    }

    [Fact]
    public void Stopping_twice_is_stopping_once()
    {
        var host = _simulation.Start(Patient());
        _simulation.Run(() => StopAsync(host));
        _simulation.Run(() => StopAsync(host));
        Assert.Single(_simulation.Logs.Of(1003));
    }

    [Fact]
    public void A_shutdown_in_the_middle_of_a_replay_gives_the_run_back_as_it_was()
    {
        var foreign = new TaskCompletionSource<int>();
        var crashed = TestWorkflow.Define("Order", async w => await w.StepAsync("first", _ => Task.FromResult(1)) + await new TaskCompletionSource<int>().Task);
        var dead = _simulation.Start(crashed, clock: new());
        _simulation.Run(() => dead.Client.StartAsync(crashed.Call(), "run"));
        _simulation.PassLeases();
        var host = _simulation.Start(TestWorkflow.Define("Order", async w => await foreign.Task + await w.StepAsync("first", _ => Task.FromResult(1))));
        _simulation.Run(() => StopAsync(host));
        Assert.Equal(RunStatus.Pending, Info().Status);
        Assert.Equal(["/first"], Checkpoints());
    }

    private Task<bool> StopWithinBody(WorkflowDefinition<TestWorkflow.Input, int> workflow, int bodies = 1)
    {
        var host = _simulation.Start(workflow);
        _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Assert.Equal(bodies, _bodies.Count);
        return _simulation.Begin(() => StopAsync(host));
    }

    // The first body waits for the test, whatever becomes of its token.
    private WorkflowDefinition<TestWorkflow.Input, int> Patient() => TestWorkflow.Define("Order", async w =>
    {
        var first = await w.StepAsync("first", _ =>
        {
            _bodies.Add("first");
            return _open.Task;
        });
        return await w.StepAsync("second", _ =>
        {
            _bodies.Add("second");
            return Task.FromResult(first + 1);
        });
    });

    private static Task<int> UntilCanceled(CancellationToken cancellationToken)
    {
        var canceled = new TaskCompletionSource<int>();
        cancellationToken.Register(() => canceled.TrySetCanceled(cancellationToken));
        return canceled.Task;
    }

    private static async Task<bool> StopAsync(DurableHost host)
    {
        await host.DisposeAsync();
        return true;
    }

    private RunInfo Info() => _simulation.Run(() => _simulation.Client().GetRun("run").GetInfoAsync());

    private IEnumerable<string> Checkpoints() => _simulation.Run(() => _simulation.Client().GetRun("run").GetCheckpointsAsync()).Select(checkpoint => checkpoint.StepId);
}
