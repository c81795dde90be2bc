using Durable.CompilerServices;

namespace Durable.Runtime.Tests.Failure;

/// <summary>Steps that are tried again: what is stored between the attempts, where they wait, and that nothing but a failed body uses one up.</summary>
public sealed class RetryTests
{
    private static readonly RetryPolicy s_fiveSeconds = new() { MaxAttempts = 3, InitialDelay = TimeSpan.FromSeconds(5), BackoffRate = 1, Jitter = Jitter.None };
    private static readonly RetryPolicy s_anHour = new() { MaxAttempts = 3, InitialDelay = TimeSpan.FromHours(1), BackoffRate = 1, Jitter = Jitter.None };

    private readonly EngineSimulation _simulation = new();
    private readonly List<(int Attempt, TimeSpan At, string? LastError)> _bodies = [];
    private readonly DateTimeOffset _start;
    private Func<int, string> _body = attempt => attempt < 3 ? throw new IOException($"down {attempt}") : $"by attempt {attempt}";

    public RetryTests() => _start = _simulation.Clock.GetUtcNow();

    [Fact]
    public void A_step_is_tried_again_after_its_delay_until_it_succeeds()
    {
        var run = Start(s_fiveSeconds);
        _simulation.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("by attempt 3", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal([(1, Seconds(0), null), (2, Seconds(5), "down 1"), (3, Seconds(10), "down 2")], _bodies);
    }

    [Fact]
    public void Each_failed_attempt_is_stored_with_number_error_and_wait_before_the_wait_begins()
    {
        var run = Start(s_fiveSeconds);
        var stored = Assert.Single(Checkpoints(run));
        Assert.Equal((1L, "/Charge", CheckpointKind.StepAttempt, CheckpointStatus.Failed, 1, "down 1"), (stored.Sequence, stored.StepId, stored.Kind, stored.Status, stored.Attempt, stored.Error!.Message));
        Assert.Equal(_start + Seconds(5), stored.DueAt);
    }

    [Fact]
    public void The_history_shows_every_attempt_and_the_outcome_says_how_many_there_were()
    {
        var run = Start(s_fiveSeconds);
        _simulation.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(
            [(CheckpointKind.StepAttempt, CheckpointStatus.Failed, 1), (CheckpointKind.StepAttempt, CheckpointStatus.Failed, 2), (CheckpointKind.Step, CheckpointStatus.Completed, 3)],
            Checkpoints(run).Select(checkpoint => (checkpoint.Kind, checkpoint.Status, checkpoint.Attempt)));
    }

    [Fact]
    public void The_last_failed_attempt_is_the_failure_of_the_step()
    {
        _body = attempt => throw new IOException($"down {attempt}");
        var run = Start(s_fiveSeconds);
        _simulation.Advance(TimeSpan.FromSeconds(20));
        var failure = Assert.Throws<RunFailedException>(() => _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal("Step '/Charge' failed after 3 attempt(s): System.IO.IOException: down 3", failure.Error.Message);
        Assert.Equal(3, _bodies.Count);
    }

    [Fact]
    public void A_failure_that_the_policy_excludes_is_the_last_at_once()
    {
        _body = _ => throw new FormatException("bad card");
        var run = Start(new RetryPolicy { NeverRetryOn = [typeof(FormatException)] });
        Assert.Throws<RunFailedException>(() => _simulation.Run(() => run.GetResultAsync()));
        Assert.Single(_bodies);
    }

    [Fact]
    public void A_predicate_that_throws_ends_the_attempts_with_the_error_of_the_body()
    {
        var run = Start(new RetryPolicy { RetryWhen = _ => throw new InvalidOperationException("secret") });
        Assert.Equal("System.IO.IOException", Assert.Throws<RunFailedException>(() => _simulation.Run(() => run.GetResultAsync())).Error.Inner!.TypeName);
        Assert.DoesNotContain("secret", Assert.Single(_simulation.Logs.Of(1208)).Text);
    }

    [Fact]
    public void A_short_delay_is_waited_for_by_the_worker_that_holds_the_run()
    {
        var run = Start(s_fiveSeconds);
        Assert.Equal(RunStatus.Running, _simulation.Run(() => run.GetStatusAsync()));
        _simulation.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal(1, _simulation.Run(() => run.GetInfoAsync()).Epoch);
    }

    [Fact]
    public void A_long_delay_suspends_the_run_which_goes_on_when_it_has_passed()
    {
        var run = Start(s_anHour);
        var suspended = _simulation.Run(() => run.GetInfoAsync());
        Assert.Equal((RunStatus.Suspended, _start + TimeSpan.FromHours(1)), (suspended.Status, suspended.WakesAt));
        _simulation.Clock.Advance(TimeSpan.FromHours(1) - Seconds(1));
        _simulation.Advance(TimeSpan.FromMilliseconds(900));
        Assert.Single(_bodies);
        _simulation.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(2, _bodies.Count);
        _simulation.Clock.Advance(TimeSpan.FromHours(1));
        _simulation.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("by attempt 3", _simulation.Run(() => run.GetResultAsync()));
        Assert.All(_bodies.Skip(1).Select((body, index) => body.At - TimeSpan.FromHours(index + 1)), late => Assert.InRange(late, TimeSpan.Zero, Seconds(2)));
    }

    [Fact]
    public void Where_it_is_waited_for_makes_no_difference_to_what_is_stored()
    {
        var outcomes = new List<(CheckpointKind, CheckpointStatus, int, string?, string)>[2];
        foreach (var (index, limit) in ((int, TimeSpan)[])[(0, TimeSpan.Zero), (1, TimeSpan.FromHours(1))])
        {
            var run = Start(s_anHour, options => options.MaxInMemoryDelay = limit, $"run-{index}");
            for (var hour = 0; hour < 3; hour++)
                _simulation.Advance(TimeSpan.FromMinutes(61));
            outcomes[index] = [.. Checkpoints(run).Select(checkpoint => (checkpoint.Kind, checkpoint.Status, checkpoint.Attempt, checkpoint.Error?.Message, System.Text.Encoding.UTF8.GetString(checkpoint.Result.Span)))];
        }

        Assert.Equal(outcomes[0], outcomes[1]);
    }

    [Fact]
    public void A_suspended_run_takes_no_place_of_another()
    {
        var slow = Workflow(s_anHour);
        var quick = TestWorkflow.Define("Quick", _ => Task.FromResult("done"));
        var host = _simulation.Start([slow, quick], options => options.MaxConcurrentRuns = 1);
        _simulation.Run(() => host.Client.StartAsync(slow.Call(), "slow"));
        var run = _simulation.Run(() => host.Client.StartAsync(quick.Call(), "quick"));
        _simulation.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("done", _simulation.Run(() => run.GetResultAsync()));
    }

    [Fact]
    public void A_run_whose_code_awaits_foreign_work_is_suspended_after_a_quiet_period()
    {
        var run = Start(s_anHour, awaitsOnlyDurableWork: false);
        _simulation.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(RunStatus.Running, _simulation.Run(() => run.GetStatusAsync()));
        _simulation.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(RunStatus.Suspended, _simulation.Run(() => run.GetStatusAsync()));
    }

    [Fact]
    public void A_run_with_a_body_at_work_is_not_suspended()
    {
        var gate = new Workers.Gate();
        var charge = Step(s_anHour);
        var workflow = TestWorkflow.Define("Both", async w =>
        {
            var charged = charge.CallAsync("x");
            var other = w.StepAsync("Other", async _ =>
            {
                await gate.PassAsync();
                return "other";
            });
            return await other + await charged;
        }, awaitsOnlyDurableWork: true);
        var host = _simulation.Start(workflow);
        var run = _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        _simulation.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RunStatus.Running, _simulation.Run(() => run.GetStatusAsync()));
        gate.Open();
        _simulation.Settle();
        _simulation.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(RunStatus.Suspended, _simulation.Run(() => run.GetStatusAsync()));
        Assert.Equal(1, gate.Entered);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    public void A_process_that_dies_within_a_delay_costs_no_attempt_and_no_time(int secondsIntoTheDelay)
    {
        var workflow = Workflow(s_fiveSeconds);
        var host = _simulation.Start(workflow);
        var run = _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        _simulation.Advance(Seconds(secondsIntoTheDelay));
        Kill(host);
        _simulation.PassLeases();
        _simulation.Start(workflow);
        _simulation.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("by attempt 3", _simulation.Run(() => _simulation.Client(workflow).GetRun<string>("run").GetResultAsync()));
        // The delay has passed with the lease: the second attempt comes with the claim.
        Assert.Equal([1, 2, 3], _bodies.Select(body => body.Attempt));
        Assert.Equal(["down 1", "down 2"], Checkpoints(_simulation.Client(workflow).GetRun("run")).Where(checkpoint => checkpoint.Kind == CheckpointKind.StepAttempt).Select(checkpoint => checkpoint.Error!.Message));
        _ = run;
    }

    [Fact]
    public void A_restarted_worker_waits_for_the_rest_of_the_delay_only()
    {
        var workflow = Workflow(new RetryPolicy { InitialDelay = TimeSpan.FromSeconds(60), BackoffRate = 1, Jitter = Jitter.None });
        Action<DurableOptions> inMemory = options => options.MaxInMemoryDelay = TimeSpan.FromHours(1);
        var host = _simulation.Start(workflow, inMemory);
        _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Kill(host);
        _simulation.PassLeases();
        _simulation.Start(workflow, inMemory);
        _simulation.Advance(TimeSpan.FromSeconds(28));
        Assert.Single(_bodies);
        _simulation.Advance(TimeSpan.FromSeconds(3));
        Assert.InRange(_bodies[1].At, Seconds(60), Seconds(61));
    }

    [Fact]
    public void A_shutdown_within_a_delay_costs_no_attempt_and_no_time()
    {
        var workflow = Workflow(new RetryPolicy { InitialDelay = TimeSpan.FromSeconds(8), BackoffRate = 1, Jitter = Jitter.None });
        var host = _simulation.Start(workflow);
        var run = _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        _simulation.Advance(Seconds(2));
        _simulation.Run(async () => await host.DisposeAsync());
        Assert.Equal((RunStatus.Suspended, _start + Seconds(8)), (_simulation.Run(() => run.GetInfoAsync()).Status, _simulation.Run(() => run.GetInfoAsync()).WakesAt));
        _simulation.Start(workflow);
        _simulation.Advance(Seconds(20));
        Assert.Equal([(1, Seconds(0)), (2, Seconds(8)), (3, Seconds(16))], _bodies.Select(body => (body.Attempt, TimeSpan.FromSeconds(Math.Round(body.At.TotalSeconds)))));
    }

    [Fact]
    public void A_worker_that_stops_after_a_short_suspension_leaves_no_timer_behind()
    {
        var workflow = Workflow(new RetryPolicy { InitialDelay = Seconds(0.5), Jitter = Jitter.None });
        var host = _simulation.Start(workflow, options => options.MaxInMemoryDelay = TimeSpan.Zero);
        var run = _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Assert.Equal(RunStatus.Suspended, _simulation.Run(() => run.GetStatusAsync()));
        _simulation.Run(async () => await host.DisposeAsync());
        Assert.Equal(0, _simulation.Clock.Armed);
    }

    [Fact]
    public void A_resume_gives_a_failed_step_all_its_attempts_again()
    {
        _body = attempt => throw new IOException($"down {attempt}");
        var run = Start(s_fiveSeconds);
        _simulation.Advance(TimeSpan.FromSeconds(20));
        _body = attempt => attempt < 3 ? throw new IOException("again") : "repaired";
        _simulation.Run(() => run.ResumeAsync());
        _simulation.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("repaired", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal([1, 2, 3, 1, 2, 3], _bodies.Select(body => body.Attempt));
        Assert.All(Checkpoints(run).Take(3), checkpoint => Assert.Equal(CheckpointStatus.Cleared, checkpoint.Status));
    }

    [Fact]
    public void A_renamed_step_goes_on_with_the_attempts_of_its_alias()
    {
        var old = Workflow(s_fiveSeconds);
        var host = _simulation.Start(old, options => options.BuildId = "old");
        var run = _simulation.Run(() => host.Client.StartAsync(old.Call(), "run"));
        Kill(host);
        _simulation.PassLeases();
        var bill = TestStep.Define<string, string>("Bill", Body, s_fiveSeconds, aliases: "Charge");
        var renamed = TestWorkflow.Define("Order", async _ => await bill.CallAsync("x"), isSequential: true, awaitsOnlyDurableWork: true);
        _simulation.Start(renamed, options => options.BuildId = "new");
        _simulation.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal([1, 2, 3], _bodies.Select(body => body.Attempt));
        _ = run;
    }

    [Fact]
    public void Jitter_differs_from_run_to_run_and_is_the_same_for_the_same_run()
    {
        var policy = new RetryPolicy { InitialDelay = TimeSpan.FromMinutes(1), Jitter = Jitter.Full };
        var delays = Enumerable.Range(0, 5).Select(number => Checkpoints(Start(policy, runId: $"run-{number}"))[0].DueAt - _simulation.Clock.GetUtcNow()).ToList();
        Assert.Equal(5, delays.Distinct().Count());
        Assert.All(delays, delay => Assert.InRange(delay!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1)));
        var other = new RetryTests();
        Assert.Equal(delays[0], other.Checkpoints(other.Start(policy, runId: "run-0"))[0].DueAt - other._simulation.Clock.GetUtcNow());
    }

    [Fact]
    public void An_inline_step_is_tried_again_as_its_options_say()
    {
        var workflow = TestWorkflow.Define("Order", async w => await w.StepAsync("Charge", null, new StepOptions { Retry = s_fiveSeconds }, (step, _) => Body("x", step)), isSequential: true, awaitsOnlyDurableWork: true);
        var host = _simulation.Start(workflow);
        var run = _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        _simulation.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal("by attempt 3", _simulation.Run(() => run.GetResultAsync()));
    }

    [Fact]
    public void An_inline_step_without_result_may_run_at_most_once()
    {
        var workflow = TestWorkflow.Define("Order", async w =>
        {
            await w.StepAsync("Notify", null, new StepOptions { Mode = StepMode.AtMostOnce }, async (step, _) => await Body("x", step));
            return "done";
        }, isSequential: true, awaitsOnlyDurableWork: true);
        _body = _ => "";
        var host = _simulation.Start(workflow);
        var run = _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Assert.Equal([CheckpointKind.StepStarted, CheckpointKind.Step], Checkpoints(run).Select(checkpoint => checkpoint.Kind));
    }

    [Fact]
    public void An_inline_step_that_runs_at_most_once_has_no_policy()
    {
        var workflow = TestWorkflow.Define("Order", async w => await w.StepAsync("Charge", null, new StepOptions { Mode = StepMode.AtMostOnce, Retry = s_fiveSeconds }, (step, _) => Body("x", step)), isSequential: true, awaitsOnlyDurableWork: true);
        var host = _simulation.Start(workflow);
        var run = _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Assert.Contains("StepMode.AtMostOncePerAttempt", Assert.Throws<RunFailedException>(() => _simulation.Run(() => run.GetResultAsync())).Error.Message);
        Assert.Empty(_bodies);
    }

    [Fact]
    public void Elapsed_time_counts_bodies_and_delays_but_not_the_time_without_a_worker()
    {
        var workflow = Workflow(new RetryPolicy { MaxAttempts = 10, InitialDelay = Seconds(5), BackoffRate = 1, MaxElapsed = Seconds(12), Jitter = Jitter.None });
        _body = attempt => throw new IOException($"down {attempt}");
        var host = _simulation.Start(workflow);
        var run = _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Kill(host);
        _simulation.Advance(TimeSpan.FromHours(1));
        _simulation.Start(workflow);
        _simulation.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal([1, 2, 3], _bodies.Select(body => body.Attempt));
        _ = run;
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private void Kill(DurableHost host) => _simulation.Kill(host);

    private IReadOnlyList<Checkpoint> Checkpoints(RunHandle run) => _simulation.Run(() => run.GetCheckpointsAsync());

    private RunHandle<string> Start(RetryPolicy policy, Action<DurableOptions>? options = null, string runId = "run", bool awaitsOnlyDurableWork = true)
    {
        var workflow = Workflow(policy, awaitsOnlyDurableWork);
        var host = _simulation.Start(workflow, options);
        var run = _simulation.Run(() => host.Client.StartAsync(workflow.Call(), runId));
        return run;
    }

    private WorkflowDefinition<TestWorkflow.Input, string> Workflow(RetryPolicy policy, bool awaitsOnlyDurableWork = true)
    {
        var charge = Step(policy);
        return TestWorkflow.Define("Order", async _ => await charge.CallAsync("x"), isSequential: true, awaitsOnlyDurableWork);
    }

    private StepDefinition<TestStep.Arguments<string>, string> Step(RetryPolicy policy) => TestStep.Define<string, string>("Charge", Body, policy);

    private Task<string> Body(string argument, StepContext step)
    {
        _bodies.Add((step.Attempt, _simulation.Clock.GetUtcNow() - _start, step.LastError?.Message));
        return Task.FromResult(_body(step.Attempt));
    }
}
