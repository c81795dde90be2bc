using Durable.CompilerServices;
using Durable.Storage;

namespace Durable.Runtime.Tests.Failure;

/// <summary>Cancellation: accepted durably, told to the code at a checkpoint, never followed by a completion, withdrawn by a resume.</summary>
public sealed class CancelTests : FailureTests
{
    private readonly List<string> _seen = [];

    [Fact]
    public void A_run_that_is_canceled_before_it_starts_executes_no_body()
    {
        var workflow = Define(async _ => await Step("Charge").CallAsync("x"));
        var client = Simulation.Client(workflow);
        var run = Simulation.Run(() => client.StartAsync(workflow.Call(), "run"));
        Simulation.Run(() => run.CancelAsync("not wanted"));
        Simulation.Start(workflow);
        Assert.Equal("not wanted", Outcome(run).Reason);
        Assert.Empty(Bodies);
    }

    [Fact]
    public void A_running_body_is_told_by_its_token_at_once_in_the_same_process()
    {
        var run = Start(async _ => await Held("Charge").CallAsync("x"));
        Assert.Equal(1, Gate.Entered);
        Simulation.Run(() => run.CancelAsync("changed my mind"));
        Simulation.Settle();
        Assert.Equal("changed my mind", Outcome(run).Reason);
        Assert.Equal([(CheckpointKind.RunCanceled, CheckpointStatus.Canceled), (CheckpointKind.Step, CheckpointStatus.Canceled)], Checkpoints(run).Select(checkpoint => (checkpoint.Kind, checkpoint.Status)));
    }

    [Fact]
    public void A_running_body_in_another_process_is_told_at_the_next_renewal()
    {
        var workflow = Define(async _ => await Held("Charge").CallAsync("x"));
        Start(workflow);
        var elsewhere = Simulation.Client(workflow).GetRun<string>("run");
        Simulation.Run(() => elsewhere.CancelAsync());
        Simulation.Settle();
        Assert.Equal(RunStatus.Running, Simulation.Run(() => elsewhere.GetStatusAsync()));
        Simulation.Advance(TimeSpan.FromSeconds(11));
        Assert.Null(Outcome(elsewhere).Reason);
    }

    [Fact]
    public void A_run_that_writes_learns_of_it_from_its_next_commit()
    {
        var workflow = Define(async _ =>
        {
            await Step("First").CallAsync("x");
            return await Step("Second").CallAsync("x");
        });
        var client = Simulation.Client(workflow);
        Simulation.Store.Before = async (verb, request) =>
        {
            if (verb == nameof(IRunStore.CommitAsync) && Bodies.Count == 1 && request is RunCommit { KnowsCancellation: false })
                await Simulation.Store.CancelRunAsync(new CancelRequest("run", Serialization.StoredError.Cancellation("late")), default);
        };
        var run = Start(workflow);
        Assert.Equal("late", Outcome(run).Reason);
        Assert.Equal(["First"], Bodies);
        Assert.Equal(CheckpointStatus.Completed, Checkpoints(run)[0].Status);
    }

    [Fact]
    public void A_body_that_does_not_listen_is_waited_for_and_its_outcome_is_kept()
    {
        var run = Start(async _ =>
        {
            _seen.Add(await Deaf("Charge").CallAsync("x"));
            return await Step("Mail").CallAsync("x");
        });
        Simulation.Run(() => run.CancelAsync());
        Simulation.Settle();
        Assert.Equal(RunStatus.Running, Simulation.Run(() => run.GetStatusAsync()));
        Gate.Open();
        Simulation.Settle();
        Outcome(run);
        Assert.Equal("Charge done", _seen[0]);
        Assert.Equal(["Charge"], Bodies);
    }

    [Fact]
    public void A_body_that_throws_while_its_run_is_canceled_fails_and_is_not_tried_again()
    {
        var charge = TestStep.Define<string, string>("Charge", async (_, _) =>
        {
            Bodies.Add("Charge");
            await Gate.PassAsync();
            throw new IOException("the connection was closed");
        }, new RetryPolicy { MaxAttempts = 5 });
        var run = Start(async _ => await charge.CallAsync("x"));
        Simulation.Run(() => run.CancelAsync());
        Gate.Open();
        Simulation.Advance(TimeSpan.FromMinutes(5));
        Assert.True(Assert.Throws<RunFailedException>(() => Simulation.Run(() => run.GetResultAsync())).IsCausedBy<IOException>());
        Assert.Equal(["Charge"], Bodies);
    }

    [Fact]
    public void Once_the_code_was_told_each_durable_call_throws_and_none_has_a_record()
    {
        var run = Start(async w =>
        {
            for (var call = 0; call < 3; call++)
            {
                try
                {
                    await Held("Charge").CallAsync("x");
                }
                catch (RunCanceledException canceled)
                {
                    _seen.Add($"{call} {canceled.RunId} {canceled.Reason}");
                }
            }

            await w.StepAsync("Inline", _ => Task.CompletedTask);
            return "never";
        });
        Simulation.Run(() => run.CancelAsync("stop"));
        Simulation.Settle();
        Outcome(run);
        Assert.Equal(["0 run stop", "1 run stop", "2 run stop"], _seen);
        Assert.Equal(2, Checkpoints(run).Count);
    }

    [Fact]
    public void Code_that_swallows_the_cancellation_and_returns_does_not_complete()
    {
        var run = Start(async _ =>
        {
            try
            {
                return await Held("Charge").CallAsync("x");
            }
            catch (RunCanceledException)
            {
                return "completed after all";
            }
        });
        Simulation.Run(() => run.CancelAsync("stop"));
        Simulation.Settle();
        Assert.Equal("stop", Outcome(run).Reason);
    }

    [Fact]
    public void Code_that_answers_the_cancellation_with_an_error_of_its_own_fails_with_it()
    {
        var run = Start(async _ =>
        {
            try
            {
                return await Held("Charge").CallAsync("x");
            }
            catch (RunCanceledException canceled)
            {
                throw new InvalidOperationException("half done", canceled);
            }
        });
        Simulation.Run(() => run.CancelAsync());
        Simulation.Settle();
        Assert.Equal("half done", Assert.Throws<RunFailedException>(() => Simulation.Run(() => run.GetResultAsync())).Error.Message);
    }

    [Fact]
    public void A_retry_that_waits_in_memory_ends_at_once()
    {
        var charge = TestStep.Define<string, string>("Charge", (_, _) => throw new IOException("down"), new RetryPolicy { InitialDelay = TimeSpan.FromSeconds(8), Jitter = Jitter.None });
        var run = Start(async _ => await charge.CallAsync("x"));
        Simulation.Run(() => run.CancelAsync("stop"));
        Simulation.Settle();
        Assert.Equal("stop", Outcome(run).Reason);
    }

    [Fact]
    public void A_suspended_run_is_woken_to_be_told()
    {
        var charge = TestStep.Define<string, string>("Charge", (_, _) =>
        {
            Bodies.Add("Charge");
            throw new IOException("down");
        }, new RetryPolicy { InitialDelay = TimeSpan.FromHours(8), Jitter = Jitter.None });
        var run = Start(async _ => await charge.CallAsync("x"));
        Assert.Equal(RunStatus.Suspended, Simulation.Run(() => run.GetStatusAsync()));
        Simulation.Run(() => run.CancelAsync("stop"));
        Simulation.Settle();
        Assert.Equal("stop", Outcome(run).Reason);
        Assert.Equal(["Charge"], Bodies);
    }

    [Fact]
    public void Foreign_work_that_listens_to_the_workflows_token_ends()
    {
        var run = Start(TestWorkflow.Define<string>("Order", async w =>
        {
            await Gate.PassAsync(w.CancellationToken);
            return "never";
        }));
        Simulation.Run(() => run.CancelAsync("stop"));
        Simulation.Settle();
        Assert.Equal("stop", Outcome(run).Reason);
    }

    [Fact]
    public void Code_is_told_at_the_same_point_when_it_is_replayed()
    {
        var workflow = Define(async w =>
        {
            try
            {
                await Held("Charge").CallAsync("x");
            }
            catch (RunCanceledException canceled)
            {
                _seen.Add($"{canceled.Reason} after {string.Join(",", Bodies.Distinct())}");
            }

            return await w.Shield("Undo", _ => Deaf("Refund").CallAsync("x"));
        });
        var host = Simulation.Start(workflow);
        var run = Simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Simulation.Run(() => run.CancelAsync("stop"));
        Simulation.Settle();
        Simulation.Kill(host);
        Gate.Open();
        Simulation.PassLeases();
        Simulation.Start(workflow);
        Assert.Equal("stop", Outcome(Simulation.Client(workflow).GetRun<string>("run")).Reason);
        Assert.True(_seen.Count > 1 && _seen.All(line => line.StartsWith("stop after Charge", StringComparison.Ordinal)), string.Join("; ", _seen));
        Assert.Equal(1, Bodies.Count(body => body == "Charge"));
    }

    [Fact]
    public void A_step_that_was_refused_is_no_divergence_when_what_follows_it_is_recorded()
    {
        var workflow = Define(async w =>
        {
            try
            {
                await Held("Charge").CallAsync("x");
            }
            catch (RunCanceledException)
            {
                await Assert.ThrowsAsync<RunCanceledException>(() => Step("Refused").CallAsync("x"));
            }

            await w.Shield("First", _ => Step("Refund").CallAsync("x"));
            return await w.Shield("Second", _ => Deaf("Mail").CallAsync("x"));
        });
        var host = Simulation.Start(workflow);
        var run = Simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Simulation.Run(() => run.CancelAsync());
        Simulation.Settle();
        Simulation.Kill(host);
        Gate.Open();
        Simulation.PassLeases();
        Simulation.Start(workflow);
        Outcome(Simulation.Client(workflow).GetRun<string>("run"));
        Assert.DoesNotContain("Refused", Bodies);
    }

    [Fact]
    public void An_at_most_once_body_that_was_lost_stays_interrupted_although_the_run_is_canceled()
    {
        var charge = TestStep.Define<string, string>("Charge", async (_, _) =>
        {
            Bodies.Add("Charge");
            await Gate.PassAsync();
            return "charged";
        }, retry: null, StepMode.AtMostOnce);
        var workflow = Define(async _ =>
        {
            try
            {
                return await charge.CallAsync("x");
            }
            catch (StepInterruptedException interruption)
            {
                _seen.Add(interruption.StepId);
                throw;
            }
        });
        var host = Simulation.Start(workflow);
        Simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Simulation.Kill(host);
        var run = Simulation.Client(workflow).GetRun<string>("run");
        Simulation.Run(() => run.CancelAsync());
        Simulation.PassLeases();
        Simulation.Start(workflow);
        Simulation.Settle();
        Assert.Equal(RunStatus.Failed, Simulation.Run(() => run.GetStatusAsync()));
        Assert.Contains("/Charge", _seen);
        Assert.Single(Bodies);
    }

    [Fact]
    public void All_branches_under_way_are_told()
    {
        var run = Start(TestWorkflow.Define<string>("Order", async _ => string.Join(",", await Task.WhenAll(Held("A").CallAsync("x"), Held("B").CallAsync("x"))), awaitsOnlyDurableWork: true));
        Simulation.Run(() => run.CancelAsync());
        Simulation.Settle();
        Outcome(run);
        Assert.Equal(2, Checkpoints(run).Count(checkpoint => checkpoint is { Kind: CheckpointKind.Step, Status: CheckpointStatus.Canceled }));
    }

    [Fact]
    public void A_shutdown_while_the_run_is_being_canceled_loses_nothing_of_it()
    {
        var workflow = Define(async _ => await Deaf("Charge").CallAsync("x"));
        var host = Simulation.Start(workflow, options => options.ShutdownGrace = TimeSpan.Zero);
        var run = Simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Simulation.Run(() => run.CancelAsync("stop"));
        Simulation.Settle();
        var stopping = Simulation.Begin(async () =>
        {
            await host.DisposeAsync();
            return true;
        });
        Simulation.Advance(TimeSpan.FromSeconds(2));
        Assert.True(stopping.IsCompletedSuccessfully);
        Gate.Open();
        Simulation.PassLeases();
        Simulation.Start(workflow);
        Assert.Equal("stop", Outcome(Simulation.Client(workflow).GetRun<string>("run")).Reason);
    }

    [Fact]
    public void The_first_reason_stays()
    {
        var run = Start(async _ => await Deaf("Charge").CallAsync("x"));
        Simulation.Run(() => run.CancelAsync("first"));
        Simulation.Run(() => run.CancelAsync("second"));
        Assert.True(Simulation.Run(() => run.GetInfoAsync()).IsCancelRequested);
        Gate.Open();
        Assert.Equal("first", Outcome(run).Reason);
        Simulation.Run(() => run.CancelAsync("third"));
        Assert.Equal("first", Outcome(run).Reason);
    }

    [Fact]
    public void What_has_ended_or_is_not_there_cannot_be_canceled()
    {
        var run = Start(async _ => await Step("Charge").CallAsync("x"));
        Simulation.Run(() => run.GetResultAsync());
        Assert.Equal(RunStatus.Completed, Assert.Throws<RunNotCancelableException>(() => Simulation.Run(() => run.CancelAsync())).Status);
        Assert.Throws<RunNotFoundException>(() => Simulation.Run(() => Simulation.Client().GetRun("unknown").CancelAsync()));
        Assert.Throws<ArgumentException>(() => Simulation.Run(() => run.CancelAsync(new string('x', DurableLimits.MaxReasonLength + 1))));
    }
}
