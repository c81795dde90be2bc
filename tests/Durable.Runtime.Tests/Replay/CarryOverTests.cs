using Durable.Storage;

namespace Durable.Runtime.Tests.Replay;

/// <summary>An outcome that is carried over is written while the code runs, unlike any other: the writing itself must be no part of the code.</summary>
public sealed class CarryOverTests
{
    [Fact]
    public void A_run_whose_code_ends_while_an_outcome_is_carried_over_ends_once_the_store_answers()
    {
        var simulation = new EngineSimulation();
        var isEdited = false;
        var workflow = TestWorkflow.Define("Edited", async w =>
        {
            if (isEdited)
                await w.StepAsync("new", _ => Task.FromResult(""));
            var old = w.StepAsync("old", _ => Task.FromResult(""));
            if (isEdited)
                return "did not wait";
            await old;
            throw new InvalidOperationException("on purpose");
        }, awaitsOnlyDurableWork: true);
        var host = simulation.Start(workflow);
        var run = simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        isEdited = true;
        simulation.Run(() => run.ResumeAsync());
        Assert.Equal(RunStatus.Quarantined, simulation.Run(() => run.GetStatusAsync()));
        var answer = new TaskCompletionSource();
        simulation.Store.Before = (_, request) => request is RunCommit { Cleared.Count: > 0 } ? answer.Task : Task.CompletedTask;
        simulation.Run(() => run.ResumeAsync(acceptDivergence: true));

        simulation.Run(() =>
        {
            answer.SetResult();
            return Task.CompletedTask;
        });

        Assert.Equal("did not wait", simulation.Run(() => run.GetResultAsync()));
    }
}
