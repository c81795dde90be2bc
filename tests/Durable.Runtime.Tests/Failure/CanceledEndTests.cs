using Durable.CompilerServices;
using Durable.Storage;

namespace Durable.Runtime.Tests.Failure;

/// <summary>How a run ends that is to be canceled, and what goes on after: a resume, an operator's decision and a fork withdraw the cancellation.</summary>
public sealed class CanceledEndTests : FailureTests
{
    [Fact]
    public void Between_the_last_step_and_the_return_it_is_not_too_late_and_a_resume_completes_without_repeating_the_step()
    {
        var accepted = false;
        Simulation.Store.Before = async (verb, request) =>
        {
            if (!accepted && request is RunCommit { Transition.Status: RunStatus.Completed })
            {
                accepted = true;
                await Simulation.Store.CancelRunAsync(new CancelRequest("run", Serialization.StoredError.Cancellation("at the last moment")), default);
            }
        };
        var run = Start(async _ => await Step("Charge").CallAsync("x"));
        Assert.Equal("at the last moment", Outcome(run).Reason);
        Simulation.Run(() => run.ResumeAsync());
        Assert.Equal("Charge done", Simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(["Charge"], Bodies);
    }

    [Fact]
    public void A_resume_withdraws_what_was_stored_before_the_code_could_be_told()
    {
        var run = (RunHandle<string>?)null;
        var asked = false;
        Simulation.Store.After = async (_, request) =>
        {
            // The outcome of the last step is stored; the cancellation is accepted and about to be told when the code returns.
            if (!asked && request is RunCommit { Checkpoints: [{ StepId: "/Charge" }] })
            {
                asked = true;
                await Simulation.Store.CancelRunAsync(new CancelRequest("run", Serialization.StoredError.Cancellation("stop")), default);
            }
        };
        run = Start(TestWorkflow.Define<string>("Order", async _ =>
        {
            var late = Deaf("Late").CallAsync("x");
            var charge = await Step("Charge").CallAsync("x");
            await Task.WhenAny(late, Step("Mail").CallAsync("x"));
            return charge;
        }, awaitsOnlyDurableWork: true));
        // The code has ended; the body that it does not wait for is still under way.
        Gate.Open();
        Outcome(run);
        Simulation.Run(() => run.ResumeAsync());
        Assert.Equal("Charge done", Simulation.Run(() => run.GetResultAsync()));
    }

    [Theory]
    [InlineData(RunStatus.Completed)]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Suspended)]
    public void What_was_decided_before_it_was_learned_of_is_decided_anew(RunStatus end)
    {
        var charge = TestStep.Define<string, string>("Charge", (_, _) =>
        {
            Bodies.Add("Charge");
            return end == RunStatus.Suspended ? throw new IOException("down") : Task.FromResult("charged");
        }, new RetryPolicy { InitialDelay = TimeSpan.FromHours(1), Jitter = Jitter.None });
        var host = (DurableHost?)null;
        var canceled = false;
        Simulation.Store.Before = async (_, request) =>
        {
            if (!canceled && request is RunCommit { Transition: { } transition } && transition.Status == end)
            {
                canceled = true;
                // Accepted and learned of while the end is on its way to the store.
                await host!.Client.GetRun("run").CancelAsync("just now");
            }
        };
        var workflow = Define(async _ =>
        {
            await charge.CallAsync("x");
            return end == RunStatus.Failed ? throw new InvalidOperationException("a bug") : "done";
        });
        host = Simulation.Start(workflow);
        var run = Simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        Simulation.Settle();
        Assert.Equal(end == RunStatus.Failed ? RunStatus.Failed : RunStatus.Canceled, Simulation.Run(() => run.GetStatusAsync()));
        Assert.Equal(["Charge"], Bodies);
    }

    [Fact]
    public void A_resume_withdraws_it_and_what_was_canceled_runs_again()
    {
        var run = Start(async _ =>
        {
            await Step("Mail").CallAsync("x");
            return await Held("Charge").CallAsync("x");
        });
        Simulation.Run(() => run.CancelAsync());
        Simulation.Settle();
        Outcome(run);
        Gate.Open();
        Simulation.Run(() => run.ResumeAsync());
        Assert.Equal("Charge done", Simulation.Run(() => run.GetResultAsync()));
        Assert.Equal(["Mail", "Charge", "Charge"], Bodies);
        Assert.False(Simulation.Run(() => run.GetInfoAsync()).IsCancelRequested);
    }

    [Fact]
    public void A_fork_of_a_canceled_run_is_not_canceled()
    {
        var run = Start(async _ =>
        {
            await Step("Mail").CallAsync("x");
            return await Held("Charge").CallAsync("x");
        });
        Simulation.Run(() => run.CancelAsync());
        Simulation.Settle();
        Outcome(run);
        Gate.Open();
        var fork = Simulation.Run(() => run.RestoreAsync(checkpoint: Checkpoints(run).Count, "fork"));
        Assert.Equal("Charge done", Simulation.Run(() => fork.GetResultAsync()));
        Assert.Equal(["Mail", "Charge", "Charge"], Bodies);
    }

    [Fact]
    public void An_operators_decision_about_a_step_withdraws_it()
    {
        var run = Start(async _ =>
        {
            var charge = await Held("Charge").CallAsync("x");
            return $"{charge}, {await Step("Mail").CallAsync("x")}";
        });
        Simulation.Run(() => run.CancelAsync());
        Simulation.Settle();
        Outcome(run);
        Gate.Open();
        Simulation.Run(() => run.RetryStepAsync("/Charge"));
        Assert.Equal("Charge done, Mail done", Simulation.Run(() => run.GetResultAsync()));
    }
}
