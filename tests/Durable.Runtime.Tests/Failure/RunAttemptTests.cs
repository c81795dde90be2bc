using Durable.CompilerServices;

namespace Durable.Runtime.Tests.Failure;

/// <summary>Further attempts of the run itself, which its workflow's policy grants.</summary>
public sealed class RunAttemptTests
{
    private readonly EngineSimulation _simulation = new();
    private readonly List<string> _bodies = [];
    private Func<int, string> _charge = attempt => attempt < 3 ? throw new IOException($"down in run attempt {attempt}") : "charged";

    [Fact]
    public void A_failed_run_is_tried_again_with_what_completed_kept_and_what_failed_run_again()
    {
        var run = Start(Policy(3), async w =>
        {
            await Step("Mail", _ => "mailed").CallAsync("x");
            return await Step("Charge", _ => _charge(w.Attempt)).CallAsync("x");
        });
        _simulation.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("charged", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(["Mail", "Charge", "Charge", "Charge"], _bodies);
        Assert.Equal(3, _simulation.Run(() => run.GetInfoAsync()).Attempt);
    }

    [Fact]
    public void Each_failed_attempt_of_the_run_stays_in_the_history_with_its_error_and_wait()
    {
        var run = Start(Policy(3), async w => await Step("Charge", _ => _charge(w.Attempt)).CallAsync("x"));
        _simulation.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(
            [(CheckpointKind.Step, CheckpointStatus.Cleared, 1), (CheckpointKind.RunAttempt, CheckpointStatus.Failed, 1), (CheckpointKind.Step, CheckpointStatus.Cleared, 1), (CheckpointKind.RunAttempt, CheckpointStatus.Failed, 2), (CheckpointKind.Step, CheckpointStatus.Completed, 1)],
            Checkpoints(run).Select(checkpoint => (checkpoint.Kind, checkpoint.Status, checkpoint.Attempt)));
        var note = Checkpoints(run)[1];
        Assert.Equal(("/", "Durable.StepFailedException", "down in run attempt 1"), (note.StepId, note.Error!.TypeName, note.Error.Inner!.Message));
        Assert.NotNull(note.DueAt);
    }

    [Fact]
    public void The_last_attempt_that_fails_is_the_failure_of_the_run()
    {
        _charge = attempt => throw new IOException($"down in run attempt {attempt}");
        var run = Start(Policy(2), async w => await Step("Charge", _ => _charge(w.Attempt)).CallAsync("x"));
        _simulation.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("down in run attempt 2", Assert.Throws<RunFailedException>(() => _simulation.Run(() => run.GetResultAsync())).Error.Inner!.Message);
        Assert.Equal(2, _bodies.Count);
    }

    [Fact]
    public void The_wait_before_the_next_attempt_suspends_the_run()
    {
        var start = _simulation.Clock.GetUtcNow();
        var run = Start(new RetryPolicy { InitialDelay = TimeSpan.FromHours(1), Jitter = Jitter.None }, async w => await Step("Charge", _ => _charge(w.Attempt)).CallAsync("x"));
        var info = _simulation.Run(() => run.GetInfoAsync());
        Assert.Equal((RunStatus.Suspended, start + TimeSpan.FromHours(1), 2), (info.Status, info.WakesAt, info.Attempt));
    }

    [Fact]
    public void A_run_whose_failing_set_is_empty_gets_no_further_attempt()
    {
        var run = Start(Policy(3), _ => throw new InvalidOperationException("a bug between the steps"));
        _simulation.Advance(TimeSpan.FromSeconds(5));
        var info = _simulation.Run(() => run.GetInfoAsync());
        Assert.Equal((RunStatus.Failed, 1), (info.Status, info.Attempt));
    }

    [Fact]
    public void A_failure_that_the_code_moved_past_is_kept_in_every_attempt()
    {
        var run = Start(Policy(3), async w =>
        {
            try
            {
                await Step("Optional", _ => throw new IOException("always")).CallAsync("x");
            }
            catch (StepFailedException)
            {
                await Step("Instead", _ => "instead").CallAsync("x");
            }

            return await Step("Charge", _ => _charge(w.Attempt)).CallAsync("x");
        });
        _simulation.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("charged", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(["Optional", "Instead", "Charge", "Charge", "Charge"], _bodies);
    }

    [Fact]
    public void Both_failures_of_two_branches_run_again()
    {
        var run = Start(Policy(3), async w =>
        {
            var both = await Task.WhenAll(Step("A", _ => _charge(w.Attempt)).CallAsync("x"), Step("B", _ => _charge(w.Attempt)).CallAsync("x"));
            return string.Join(" ", both);
        }, isSequential: false);
        _simulation.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("charged charged", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(3, _bodies.Count(body => body == "A"));
        Assert.Equal(3, _bodies.Count(body => body == "B"));
    }

    [Fact]
    public void A_failure_that_the_code_wraps_is_still_the_failing_set()
    {
        var run = Start(Policy(3), async w =>
        {
            try
            {
                return await Step("Charge", _ => _charge(w.Attempt)).CallAsync("x");
            }
            catch (StepFailedException failure)
            {
                throw new InvalidOperationException("wrapped", failure);
            }
        });
        _simulation.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("charged", _simulation.Run(() => run.GetResultAsync()));
    }

    [Fact]
    public void A_terminal_failure_is_kept_for_good_and_grants_no_attempt()
    {
        var charge = new StepDefinition<TestStep.Arguments<string>, string>
        {
            Name = "Charge",
            KeepsFailure = true,
            Body = (_, _, _) =>
            {
                _bodies.Add("Charge");
                throw new IOException("refused");
            },
            Result = TestWorkflow.Payload<string>(),
        };
        var run = Start(Policy(3), async _ => await charge.CallAsync("x"));
        _simulation.Advance(TimeSpan.FromSeconds(5));
        _simulation.Run(() => run.ResumeAsync());
        _simulation.Advance(TimeSpan.FromSeconds(5));
        Assert.Throws<RunFailedException>(() => _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(["Charge"], _bodies);
    }

    [Fact]
    public void Steps_and_runs_have_budgets_of_their_own()
    {
        var charge = TestStep.Define<string, string>("Charge", (_, step) =>
        {
            _bodies.Add($"{step.Attempt}");
            throw new IOException("down");
        }, Policy(3));
        var run = Start(Policy(2), async _ => await charge.CallAsync("x"));
        _simulation.Advance(TimeSpan.FromSeconds(10));
        Assert.Throws<RunFailedException>(() => _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(["1", "2", "3", "1", "2", "3"], _bodies);
    }

    [Fact]
    public void A_policy_chooses_by_what_caused_the_failure_of_a_step()
    {
        var run = Start(new RetryPolicy { NeverRetryOn = [typeof(FileNotFoundException)] }, async _ => await Step("Charge", _ => throw new FileNotFoundException()).CallAsync("x"));
        Assert.Equal(RunStatus.Failed, _simulation.Run(() => run.GetStatusAsync()));
        var other = Start(new RetryPolicy { RetryOn = [typeof(IOException)] }, async _ => await Step("Charge", _ => throw new FileNotFoundException()).CallAsync("x"), runId: "other");
        Assert.Equal(RunStatus.Suspended, _simulation.Run(() => other.GetStatusAsync()));
    }

    [Fact]
    public void A_process_that_dies_within_the_wait_costs_no_attempt()
    {
        var workflow = Define(new RetryPolicy { InitialDelay = TimeSpan.FromMinutes(5), BackoffRate = 1, Jitter = Jitter.None }, async w => await Step("Charge", _ => _charge(w.Attempt)).CallAsync("x"), isSequential: true);
        var host = _simulation.Start(workflow);
        _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        _simulation.Kill(host);
        _simulation.PassLeases();
        _simulation.Start(workflow);
        Assert.Single(_bodies);
        _simulation.Advance(TimeSpan.FromMinutes(11));
        var run = _simulation.Client(workflow).GetRun<string>("run");
        Assert.Equal("charged", _simulation.Run(() => run.GetResultAsync()));
        Assert.Equal((3, 3), (_bodies.Count, _simulation.Run(() => run.GetInfoAsync()).Attempt));
    }

    private static RetryPolicy Policy(int maxAttempts) => new() { MaxAttempts = maxAttempts, InitialDelay = TimeSpan.FromSeconds(1), BackoffRate = 1, Jitter = Jitter.None };

    private static WorkflowDefinition<TestWorkflow.Input, string> Define(RetryPolicy policy, Func<WorkflowContext, Task<string>> body, bool isSequential) => new()
    {
        Name = "Order",
        Declaration = "Tests.Order (Durable.Runtime.Tests)",
        CallFactory = "Tests.OrderCall",
        IsSequential = isSequential,
        AwaitsOnlyDurableWork = true,
        Retry = policy,
        Json = TestWorkflow.Json,
        Body = (_, _, workflow, _) => new ValueTask<string>(body(workflow)),
        Arguments = TestWorkflow.Payload<TestWorkflow.Input>(),
        Result = TestWorkflow.Payload<string>(),
    };

    private IReadOnlyList<Checkpoint> Checkpoints(RunHandle run) => _simulation.Run(() => run.GetCheckpointsAsync());

    private StepDefinition<TestStep.Arguments<string>, string> Step(string name, Func<StepContext, string> body) => TestStep.Define<string, string>(name, (_, step) =>
    {
        _bodies.Add(name);
        return Task.FromResult(body(step));
    });

    private RunHandle<string> Start(RetryPolicy policy, Func<WorkflowContext, Task<string>> body, bool isSequential = true, string runId = "run")
    {
        var workflow = Define(policy, body, isSequential);
        var host = _simulation.Start(workflow);
        return _simulation.Run(() => host.Client.StartAsync(workflow.Call(), runId));
    }
}
