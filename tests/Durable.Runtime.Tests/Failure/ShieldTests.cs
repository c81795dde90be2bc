using Durable.CompilerServices;

namespace Durable.Runtime.Tests.Failure;

/// <summary>Code that is brought to its end whether the run is canceled or not.</summary>
public sealed class ShieldTests : FailureTests
{
    private readonly Workers.Gate _second = new();
    [Fact]
    public void Its_steps_run_although_the_run_is_canceled()
    {
        var run = Start(async w =>
        {
            try
            {
                return await Held("Charge").CallAsync("x");
            }
            catch (RunCanceledException)
            {
                await w.Shield("cleanup", _ => Step("Release").CallAsync("x"));
                throw;
            }
        });
        Cancel(run);
        Assert.Equal("stop", Outcome(run).Reason);
        Assert.Equal(["Charge", "Release"], Bodies);
        Assert.Equal("/cleanup/Release", Checkpoints(run)[^1].StepId);
    }

    [Fact]
    public void A_cancellation_that_comes_while_it_runs_reaches_neither_its_bodies_nor_its_token()
    {
        var tokens = new List<bool>();
        var run = Start(async w =>
        {
            await w.Shield("transfer", async inner =>
            {
                await Body("Take", async step =>
                {
                    await Gate.PassAsync();
                    tokens.Add(step.CancellationToken.IsCancellationRequested);
                }).CallAsync("x");
                tokens.Add(inner.CancellationToken.IsCancellationRequested);
                await Step("Give").CallAsync("x");
            });
            tokens.Add(w.CancellationToken.IsCancellationRequested);
            return await Step("Mail").CallAsync("x");
        });
        Cancel(run);
        Assert.Equal(RunStatus.Running, Simulation.Run(() => run.GetStatusAsync()));
        Gate.Open();
        Simulation.Settle();
        Outcome(run);
        Assert.Equal(["Take", "Give"], Bodies);
        Assert.Equal([false, false, true], [tokens[0], .. tokens.TakeLast(2)]);
    }

    [Fact]
    public void It_returns_what_its_body_returns()
    {
        var run = Start(async w => await w.Shield("all", _ => Step("Charge").CallAsync("x")));
        Assert.Equal("Charge done", Simulation.Run(() => run.GetResultAsync()));
    }

    [Fact]
    public void A_retried_step_in_it_goes_on_being_tried()
    {
        var release = TestStep.Define<string, string>("Release", (_, step) =>
        {
            Bodies.Add($"Release {step.Attempt}");
            return step.Attempt < 3 ? throw new IOException("down") : Task.FromResult("released");
        }, new RetryPolicy { MaxAttempts = 3, InitialDelay = TimeSpan.FromMinutes(1), BackoffRate = 1, Jitter = Jitter.None });
        var run = Start(async w =>
        {
            try
            {
                return await Held("Charge").CallAsync("x");
            }
            catch (RunCanceledException)
            {
                return await w.Shield("cleanup", _ => release.CallAsync("x"));
            }
        });
        Cancel(run);
        Assert.Equal(RunStatus.Suspended, Simulation.Run(() => run.GetStatusAsync()));
        Simulation.Advance(TimeSpan.FromMinutes(3));
        Assert.Equal("stop", Outcome(run).Reason);
        Assert.Equal(["Charge", "Release 1", "Release 2", "Release 3"], Bodies);
    }

    [Fact]
    public void A_step_that_runs_once_per_run_runs_in_it()
    {
        var once = new StepDefinition<TestStep.Arguments<string>, string>
        {
            Name = "Once",
            OncePerRun = true,
            Body = (_, _, _) =>
            {
                Bodies.Add("Once");
                return new("once");
            },
            Result = TestWorkflow.Payload<string>(),
        };
        var run = Start(async w =>
        {
            try
            {
                return await Held("Charge").CallAsync("x");
            }
            catch (RunCanceledException)
            {
                return await w.Shield("cleanup", _ => once.CallAsync("x"));
            }
        });
        Cancel(run);
        Outcome(run);
        Assert.Equal(["Charge", "Once"], Bodies);
    }

    [Fact]
    public void A_step_that_runs_once_per_run_runs_in_it_although_a_call_outside_was_refused()
    {
        var once = new StepDefinition<TestStep.Arguments<string>, string>
        {
            Name = "Once",
            OncePerRun = true,
            Body = (_, _, _) =>
            {
                Bodies.Add("Once");
                return new("once");
            },
            Result = TestWorkflow.Payload<string>(),
        };
        var run = Start(async w =>
        {
            try
            {
                return await Held("Charge").CallAsync("x");
            }
            catch (RunCanceledException)
            {
                await Assert.ThrowsAsync<RunCanceledException>(() => once.CallAsync("x"));
                await w.Shield("cleanup", _ => once.CallAsync("x"));
                return await w.Shield("again", _ => once.CallAsync("x"));
            }
        });
        Cancel(run);
        Outcome(run);
        Assert.Equal(["Charge", "Once"], Bodies);
    }

    [Fact]
    public void A_step_that_is_called_in_it_through_the_context_around_it_runs()
    {
        var run = Start(async w =>
        {
            try
            {
                return await Held("Charge").CallAsync("x");
            }
            catch (RunCanceledException)
            {
                return await w.Shield("cleanup", _ => w.ScopeAsync("release", _ => w.StepAsync("Release", null, _ =>
                {
                    Bodies.Add("Release");
                    return Task.FromResult("released");
                })));
            }
        });
        Cancel(run);
        Outcome(run);
        Assert.Equal(["Charge", "Release"], Bodies);
    }

    [Fact]
    public void Once_it_has_begun_the_run_gets_no_further_attempt_and_cannot_be_resumed()
    {
        var workflow = new WorkflowDefinition<TestWorkflow.Input, string>
        {
            Name = "Order",
            Declaration = "Tests.Order (Durable.Runtime.Tests)",
            CallFactory = "Tests.OrderCall",
            IsSequential = true,
            AwaitsOnlyDurableWork = true,
            Retry = new RetryPolicy { MaxAttempts = 5 },
            Json = TestWorkflow.Json,
            Body = async (_, _, w, _) => await w.Shield("all", _ => Body("Charge", _ => throw new IOException("down")).CallAsync("x")),
            Arguments = TestWorkflow.Payload<TestWorkflow.Input>(),
            Result = TestWorkflow.Payload<string>(),
        };
        var host = Simulation.Start(workflow);
        var run = Simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Assert.Throws<RunFailedException>(() => Simulation.Run(() => run.GetResultAsync()));
        Assert.Throws<RunNotResumableException>(() => Simulation.Run(() => run.ResumeAsync()));
        Assert.Equal(1, Simulation.Run(() => run.GetInfoAsync()).Attempt);
    }

    [Fact]
    public void A_process_that_dies_in_it_goes_on_in_it()
    {
        var workflow = Define(async w =>
        {
            try
            {
                return await Held("Charge").CallAsync("x");
            }
            catch (RunCanceledException)
            {
                return await w.Shield("cleanup", async _ =>
                {
                    await Step("Release").CallAsync("x");
                    return await Body("Tell", _ => _second.PassAsync()).CallAsync("x");
                });
            }
        });
        var host = Simulation.Start(workflow);
        var run = Simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Cancel(run);
        Simulation.Kill(host);
        _second.Open();
        Simulation.PassLeases();
        Simulation.Start(workflow);
        Outcome(Simulation.Client(workflow).GetRun<string>("run"));
        Assert.Equal(["Charge", "Release", "Tell", "Tell"], Bodies);
    }
}
