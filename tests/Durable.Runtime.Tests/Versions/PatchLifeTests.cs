using System.Text;
using Durable.CompilerServices;
using Durable.Storage;

namespace Durable.Runtime.Tests.Versions;

/// <summary>What becomes of an answer in a crash, a resume, a fork, and in passes over the run that follow each other.</summary>
public sealed class PatchLifeTests : PatchStory
{
    [Fact]
    public void An_answer_that_a_crash_takes_along_is_given_again()
    {
        CrashInOldBuild("b");
        var host = EngineSimulation.Start(Patched(hold: "audit"), options => options.BuildId = "build-2");
        EngineSimulation.Kill(host);
        Assert.Empty(Notes(Run));
        EngineSimulation.PassLeases();
        Assert.Equal(RunStatus.Completed, GoOnInNewBuild(Patched()));
        Assert.Equal([true], Answers.Distinct());
        Assert.Equal("audit b c", Result());
    }

    [Fact]
    public void A_run_from_which_nothing_is_stored_yet_goes_on_in_the_old_code_after_a_rollback()
    {
        CrashInOldBuild("b");
        var host = EngineSimulation.Start(Patched(hold: "audit"), options => options.BuildId = "build-2");
        EngineSimulation.Kill(host);
        EngineSimulation.PassLeases();
        var old = TestWorkflow.Define("Order", async w => $"{await Step(w, "a")}{await Step(w, "b")}{await Step(w, "c")}", isSequential: true, awaitsOnlyDurableWork: true);
        Assert.Equal(RunStatus.Completed, GoOnInNewBuild(old, options => options.BuildId = "build-1"));
    }

    [Fact]
    public void A_run_that_took_the_change_is_set_aside_by_the_old_code_and_goes_on_in_the_new()
    {
        CrashInOldBuild("b");
        var host = EngineSimulation.Start(Define(async w =>
        {
            await Step(w, "a");
            if (Ask(w))
                await Step(w, "audit");
            return $"{await w.StepAsync("b", _ => Forever)}";
        }), options => options.BuildId = "build-2");
        EngineSimulation.Kill(host);
        EngineSimulation.PassLeases();
        var old = EngineSimulation.Start(Define(async w => $"{await Step(w, "a")}{await Step(w, "b")}{await Step(w, "c")}"));
        Assert.Equal(RunStatus.Quarantined, Status());
        EngineSimulation.Kill(old);
        GoOnInNewBuild(Patched());
        EngineSimulation.Run(() => Run.ResumeAsync());
        Assert.Equal("audit b c", Result());
    }

    public static TheoryData<bool, bool, int> Losses
    {
        get
        {
            var losses = new TheoryData<bool, bool, int>();
            foreach (var isPast in new[] { true, false })
            {
                foreach (var isStored in new[] { true, false })
                {
                    for (var commit = 1; commit <= 4; commit++)
                        losses.Add(isPast, isStored, commit);
                }
            }

            return losses;
        }
    }

    [Theory, MemberData(nameof(Losses))]
    public void An_incarnation_lost_at_any_commit_and_taken_over_by_a_third_build_changes_no_answer(bool isPast, bool isStored, int commit)
    {
        CrashInOldBuild(isPast ? "c" : "b");
        var commits = 0;
        // An answer that no store may give: the incarnation gives the run up.
        Task Lose(string verb, object? _) => verb == nameof(IRunStore.CommitAsync) && ++commits == commit ? Task.FromException(new InvalidOperationException()) : Task.CompletedTask;
        if (isStored)
            EngineSimulation.Store.After = Lose;
        else
            EngineSimulation.Store.Before = Lose;
        EngineSimulation.Kill(EngineSimulation.Start(Patched(), options => options.BuildId = "build-2"));
        (EngineSimulation.Store.Before, EngineSimulation.Store.After) = (null, null);
        EngineSimulation.PassLeases();
        Assert.Equal(RunStatus.Completed, GoOnInNewBuild(Patched(), options => options.BuildId = "build-3"));
        Assert.Equal([!isPast], Answers.Distinct());
        Assert.Equal(isPast ? ["/a", "/b", "/c"] : ["/a", "/audit", "/b", "/c"], Checkpoints().Where(checkpoint => checkpoint.Kind == CheckpointKind.Step).Select(checkpoint => checkpoint.StepId));
    }

    [Theory]
    [InlineData("b", true)]
    [InlineData("c", false)]
    public void A_resume_keeps_the_answer(string diedIn, bool answer)
    {
        CrashInOldBuild(diedIn);
        var fails = true;
        GoOnInNewBuild(Define(async w =>
        {
            await Step(w, "a");
            if (Ask(w))
                await Step(w, "audit");
            await Step(w, "b");
            return await w.StepAsync("c", _ => fails ? throw new IOException("down") : Task.FromResult("done"));
        }));
        Assert.Equal(RunStatus.Failed, Status());
        fails = false;
        EngineSimulation.Run(() => Run.ResumeAsync());
        Assert.Equal("done", Result());
        Assert.Equal([answer], Answers.Distinct());
        Assert.Single(Notes(Run));
    }

    [Fact]
    public void A_run_whose_recorded_steps_past_the_point_were_all_failures_takes_the_change_when_it_is_resumed()
    {
        CrashInOldBuild(Define(async w =>
        {
            await w.StepAsync("a", _ => Task.FromResult(0));
            return await w.StepAsync<string>("b", _ => throw new IOException("down"));
        }));
        Assert.Equal(RunStatus.Failed, Status());
        Assert.Equal(RunStatus.Failed, GoOnInNewBuild(Patched()));
        EngineSimulation.Run(() => Run.ResumeAsync());
        Assert.Equal("audit b c", Result());
    }

    [Theory]
    [InlineData("/c", "b", "true")]
    [InlineData("/c", "c", "false")]
    [InlineData("/b", "b", "true")]
    public void A_fork_from_behind_the_point_keeps_the_answer(string from, string diedIn, string answer)
    {
        CrashInOldBuild(diedIn);
        GoOnInNewBuild(Patched());
        var fork = EngineSimulation.Run(() => Run.ForkAsync(from, "fork"));
        EngineSimulation.Settle();
        Assert.Equal(RunStatus.Completed, EngineSimulation.Run(() => fork.GetStatusAsync()));
        Assert.Equal(answer, Encoding.UTF8.GetString(Assert.Single(Notes(fork)).Result.Span));
    }

    [Fact]
    public void A_fork_from_before_the_point_takes_the_change()
    {
        CrashInOldBuild("c");
        GoOnInNewBuild(Patched());
        var fork = EngineSimulation.Run(() => Run.ForkAsync("/b", "fork"));
        EngineSimulation.Settle();
        Assert.Equal("true", Encoding.UTF8.GetString(Assert.Single(Notes(fork)).Result.Span));
    }

    [Fact]
    public void A_fork_by_a_third_build_keeps_what_the_second_answered()
    {
        CrashInOldBuild("b");
        GoOnInNewBuild(Patched());
        var client = EngineSimulation.Start(Patched(), options => options.BuildId = "build-3").Client;
        var fork = EngineSimulation.Run(() => client.GetRun<string>("run").ForkAsync("/c", "fork"));
        EngineSimulation.Settle();
        Assert.Equal(RunStatus.Completed, EngineSimulation.Run(() => fork.GetStatusAsync()));
        Assert.Equal([true], Answers.Distinct());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_run_that_is_unloaded_after_each_outcome_keeps_its_answers(bool isPast)
    {
        CrashInOldBuild(isPast ? "c" : "b");
        EngineSimulation.Start(Patched(), options => options.BuildId = "build-2", services: services => services.Add(new(typeof(Durable.Execution.ForcedReplay), new Durable.Execution.ForcedReplay(1))));
        Assert.Equal(RunStatus.Completed, Status());
        Assert.Equal([!isPast], Answers.Distinct());
        Assert.True(Answers.Count > 1);
        Assert.Single(Notes(Run));
    }

    [Fact]
    public void A_pass_whose_answer_is_not_stored_yet_is_not_unloaded()
    {
        var (slow, sent) = (new TaskCompletionSource<int>(), new TaskCompletionSource());
        var asked = 0;
        var workflow = Define(async w =>
        {
            var left = w.StepAsync("left", _ => slow.Task);
            await Step(w, "a");
            asked++;
            Ask(w);
            await left;
            return "done";
        }, isSequential: false);
        // The outcome of the left step is in the store's hands when the code asks: it is delivered with the answer not stored.
        EngineSimulation.Store.Before = (_, request) =>
        {
            if (request is RunCommit { Checkpoints: [{ StepId: "/a" }] } && slow.TrySetResult(0))
                return sent.Task;
            return Task.CompletedTask;
        };
        var host = EngineSimulation.Start(workflow, options => options.BuildId = "build-2", services: services => services.Add(new(typeof(Durable.Execution.ForcedReplay), new Durable.Execution.ForcedReplay(1))));
        var run = EngineSimulation.Run(() => host.Client.StartAsync(workflow.Call(), "new"));
        sent.SetResult();
        EngineSimulation.Settle();
        Assert.Equal("done", EngineSimulation.Run(() => run.GetResultAsync()));
        Assert.Equal([true], Answers.Distinct());
        Assert.Single(Notes(run));
    }

    [Fact]
    public void What_undoes_a_run_may_ask_as_well()
    {
        var undoings = new List<string>();
        CrashInOldBuild("c");
        GoOnInNewBuild(Define(async w =>
        {
            w.Compensate("undo", async undo => undoings.Add(Ask(undo) ? await undo.StepAsync("new undo", _ => Task.FromResult("new")) : "old"));
            await Step(w, "a");
            await Step(w, "b");
            return await w.StepAsync("c", _ => Task.FromException<string>(new IOException("down")));
        }));
        Assert.Equal(RunStatus.Failed, Status());
        Assert.Equal(["new"], undoings.Distinct());
        Assert.Single(Notes(Run));
    }

    private WorkflowDefinition<TestWorkflow.Input, string> Patched(string hold) => Define(async w =>
    {
        await Step(w, "a");
        if (Ask(w))
            await w.StepAsync("audit", _ => Forever);
        return hold;
    });
}
