namespace Durable.Runtime.Tests.Deploy;

/// <summary>Build 1 left a failed run. Build 2 has fixed code, and an operator resumes the run.</summary>
public sealed class FailuresEditedTests : DeployStory
{
    [Fact]
    public void A_fixed_body_runs_and_what_completed_does_not()
    {
        FailInOldBuild();
        Assert.Equal(RunStatus.Completed, Resume(async w => $"{await Step(w, "a")}{await Step(w, "b")}{await Step(w, "c")}"));
        Assert.Equal(["b", "c"], NewBodies);
    }

    [Fact]
    public void A_failed_step_that_the_fixed_code_leaves_out_is_no_divergence()
    {
        FailInOldBuild();
        Assert.Equal(RunStatus.Completed, Resume(async w => $"{await Step(w, "a")}{await Step(w, "other")}"));
        Assert.Equal(["other"], NewBodies);
    }

    [Fact]
    public void A_completed_step_that_the_fixed_code_leaves_out_is_a_divergence()
    {
        FailInOldBuild();
        Assert.Equal(RunStatus.Quarantined, Resume(async w => $"{await Step(w, "b")}"));
        Assert.Empty(NewBodies);
    }

    [Fact]
    public void A_failure_that_the_code_caught_and_moved_past_stays_on_resume()
    {
        FailInOldBuild(catches: true);
        Assert.Equal(RunStatus.Completed, Resume(async w =>
        {
            await Step(w, "a");
            var failure = await Assert.ThrowsAsync<StepFailedException>(() => Step(w, "b"));
            await Step(w, "after");
            await Step(w, "last");
            return failure.Error.Message;
        }));
        Assert.Equal("b is broken", Result());
        Assert.Equal(["last"], NewBodies);
    }

    [Fact]
    public void Accepting_divergence_accepts_other_arguments_of_the_same_build_too()
    {
        var amount = 10;
        var charge = TestStep.Define<int, int>("charge", (value, _) => Task.FromResult(value));
        var fail = true;
        var workflow = TestWorkflow.Define("Order", async _ =>
        {
            var charged = await charge.CallAsync(amount);
            return fail ? throw new InvalidOperationException() : $"{charged}";
        });
        var host = EngineSimulation.Start(workflow);
        var run = EngineSimulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        (amount, fail) = (20, false);
        EngineSimulation.Run(() => run.ResumeAsync());
        Assert.Equal(RunStatus.Quarantined, EngineSimulation.Run(() => run.GetStatusAsync()));
        EngineSimulation.Run(() => run.ResumeAsync(acceptDivergence: true));
        Assert.Equal("10", EngineSimulation.Run(() => run.GetResultAsync()));
    }

    private void FailInOldBuild(bool catches = false) => CrashInOldBuild(TestWorkflow.Define("Order", async w =>
    {
        await w.StepAsync("a", _ => Task.FromResult(1));
        try
        {
            await w.StepAsync("b", _ => Task.FromException<int>(new InvalidOperationException("b is broken")));
        }
        catch (StepFailedException) when (catches)
        {
            await w.StepAsync("after", _ => Task.FromResult(2));
            throw new InvalidOperationException("the end");
        }

        return "";
    }, isSequential: true, awaitsOnlyDurableWork: true));

    private RunStatus Resume(Func<WorkflowContext, Task<string>> code)
    {
        GoOnInNewBuild(TestWorkflow.Define("Order", code, isSequential: true, awaitsOnlyDurableWork: true));
        EngineSimulation.Run(() => Run.ResumeAsync());
        EngineSimulation.Advance(TimeSpan.FromSeconds(1));
        return Status();
    }
}
