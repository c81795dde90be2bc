using Durable.Storage;

namespace Durable.Runtime.Tests.Workers;

/// <summary>The store fails, before or after it took effect: every run converges, no body runs again, and workflow code sees nothing of it.</summary>
public sealed class StoreOutageTests
{
    private readonly EngineSimulation _simulation = new();
    private readonly List<string> _bodies = [];
    private readonly List<Exception> _seen = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_commit_that_fails_before_it_took_effect_is_tried_again_without_running_the_body_again(int which)
        => Converges(store => store.Before = FailCommit(which));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_commit_that_fails_after_it_took_effect_is_not_written_twice(int which)
    {
        Converges(store => store.After = FailCommit(which));
        Assert.Equal(4, _simulation.Store.Commits.Count);
    }

    [Fact]
    public void A_commit_is_read_back_before_it_is_tried_again()
    {
        Converges(store => store.FailBefore(nameof(IRunStore.CommitAsync)));
        var verbs = _simulation.Store.Verbs.Where(verb => verb is nameof(IRunStore.CommitAsync) or nameof(IRunStore.FindRunAsync));
        Assert.Equal([nameof(IRunStore.CommitAsync), nameof(IRunStore.FindRunAsync), nameof(IRunStore.CommitAsync)], verbs.Take(3));
    }

    [Fact]
    public void Reading_a_commit_back_may_fail_as_well()
    {
        var failures = 3;
        Converges(store => store.Before = (verb, _) =>
            verb is nameof(IRunStore.CommitAsync) or nameof(IRunStore.FindRunAsync) && failures-- > 0 ? throw new StoreException("down") : Task.CompletedTask);
        Assert.True(failures < 0);
    }

    [Fact]
    public void A_claim_that_fails_is_asked_for_again() => Converges(store => store.FailBefore(nameof(IRunStore.ClaimRunsAsync), times: 3));

    [Fact]
    public void A_claim_that_is_canceled_by_the_driver_is_asked_for_again()
    {
        var failures = 1;
        Converges(store => store.Before = (verb, _) =>
            verb == nameof(IRunStore.ClaimRunsAsync) && failures-- > 0 ? throw new TaskCanceledException("The driver timed out.") : Task.CompletedTask);
    }

    [Fact]
    public void A_claim_whose_answer_is_lost_goes_on_when_its_lease_has_passed()
    {
        var run = Start(store => store.FailAfter(nameof(IRunStore.ClaimRunsAsync)));
        _simulation.PassLeases();
        _simulation.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("a b c", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(1, _simulation.Run(() => run.GetInfoAsync()).Attempt);
    }

    [Fact]
    public void Reading_the_checkpoints_is_tried_again()
    {
        var workflow = Workflow(standsStillAtC: true);
        var crashed = _simulation.Start(workflow, clock: new());
        var run = _simulation.Run(() => crashed.Client.StartAsync(workflow.Call(), "run"));
        _simulation.PassLeases();
        _simulation.Store.FailBefore(nameof(IRunStore.ReadCheckpointsAsync), times: 3);
        _simulation.Start(Workflow());
        _simulation.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("a b c", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(["a", "b", "c", "c"], _bodies);
    }

    [Fact]
    public void Checkpoints_that_cannot_be_read_in_an_unforeseen_way_do_not_strand_the_run()
    {
        var workflow = Workflow(standsStillAtC: true);
        var crashed = _simulation.Start(workflow, clock: new());
        var run = _simulation.Run(() => crashed.Client.StartAsync(workflow.Call(), "run"));
        _simulation.PassLeases();
        var failures = 1;
        _simulation.Store.Before = (verb, _) =>
            verb == nameof(IRunStore.ReadCheckpointsAsync) && failures-- > 0 ? throw new InvalidOperationException("a bug of the store") : Task.CompletedTask;
        _simulation.Start(Workflow());
        _simulation.PassLeases();
        _simulation.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("a b c", _simulation.Run(() => run.GetResultAsync()));
    }

    [Fact]
    public void A_start_that_fails_before_it_took_effect_works_with_the_same_id_later()
    {
        var workflow = Workflow();
        var host = _simulation.Start(workflow);
        _simulation.Store.FailBefore(nameof(IRunStore.CreateRunAsync));
        Assert.Throws<StoreException>(() => _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run")));
        Assert.Equal("a b c", _simulation.Run(() => host.Client.RunAsync(workflow.Call(), "run")));
    }

    [Fact]
    public void A_start_that_fails_after_it_took_effect_returns_the_run_when_asked_again()
    {
        var workflow = Workflow();
        var host = _simulation.Start(workflow);
        _simulation.Store.FailAfter(nameof(IRunStore.CreateRunAsync));
        Assert.Throws<StoreException>(() => _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run")));
        var run = _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        _simulation.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("a b c", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(["a", "b", "c"], _bodies);
    }

    [Fact]
    public void The_count_at_the_start_of_a_worker_may_fail() => Converges(store => store.FailBefore(nameof(IRunStore.CountRunsAsync)), beforeStart: true);

    [Fact]
    public void Entering_as_a_worker_may_fail() => Converges(store => store.FailBefore(nameof(IRunStore.EnterAsWorkerAsync)), beforeStart: true);

    [Fact]
    public void An_impossible_answer_to_a_commit_drops_the_run_which_goes_on_when_its_lease_has_passed()
    {
        var failures = 1;
        var run = Start(store => store.Before = (verb, _) =>
            verb == nameof(IRunStore.CommitAsync) && failures-- > 0 ? throw new InvalidOperationException("a bug of the store") : Task.CompletedTask);
        _simulation.PassLeases();
        _simulation.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("a b c", _simulation.Run(() => run.GetResultAsync()));
        Assert.Single(_simulation.Logs.Of(1302));
    }

    [Fact]
    public void An_outage_longer_than_the_lease_ends_with_one_outcome()
    {
        var isDown = false;
        var run = Start(store => store.Before = (verb, _) =>
            (isDown |= verb == nameof(IRunStore.CommitAsync)) ? throw new StoreException("down") : Task.CompletedTask);
        _simulation.Advance(TimeSpan.FromMinutes(2));
        _simulation.Store.Before = null;
        _simulation.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("a b c", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(["/a", "/b", "/c"], _simulation.Run(() => run.GetCheckpointsAsync()).Select(checkpoint => checkpoint.StepId));
        Assert.Empty(_seen);
    }

    private RunHandle<string> Start(Action<HookedStore> breakIt)
    {
        var workflow = Workflow();
        var host = _simulation.Start(workflow);
        breakIt(_simulation.Store);
        return _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
    }

    private void Converges(Action<HookedStore> breakIt, bool beforeStart = false)
    {
        var workflow = Workflow();
        if (beforeStart)
            breakIt(_simulation.Store);
        var host = _simulation.Start(workflow);
        if (!beforeStart)
            breakIt(_simulation.Store);
        var run = _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        _simulation.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("a b c", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(["a", "b", "c"], _bodies);
        Assert.Equal(["/a", "/b", "/c"], _simulation.Run(() => run.GetCheckpointsAsync()).Select(checkpoint => checkpoint.StepId));
        Assert.Equal((1, 1L), (_simulation.Run(() => run.GetInfoAsync()).Attempt, _simulation.Run(() => run.GetInfoAsync()).Epoch));
        Assert.Empty(_seen);
    }

    private static Func<string, object?, Task> FailCommit(int which) => (verb, _) =>
        verb == nameof(IRunStore.CommitAsync) && --which == 0 ? throw new StoreException("down") : Task.CompletedTask;

    private CompilerServices.WorkflowDefinition<TestWorkflow.Input, string> Workflow(bool standsStillAtC = false) => TestWorkflow.Define("Letters", async w =>
    {
        try
        {
            var a = await w.StepAsync("a", _ => Body("a"));
            var b = await w.StepAsync("b", _ => Body("b"));
            return $"{a} {b} {await w.StepAsync("c", _ => Body("c"))}";
        }
        catch (Exception exception)
        {
            _seen.Add(exception);
            throw;
        }

        Task<string> Body(string letter)
        {
            _bodies.Add(letter);
            return letter == "c" && standsStillAtC ? new TaskCompletionSource<string>().Task : Task.FromResult(letter);
        }
    });
}
