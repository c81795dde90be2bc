using Durable.CompilerServices;
using Durable.Storage;
using Durable.TestKit;

namespace Durable.Runtime.Tests.Deploy;

/// <summary>Build 1 recorded a and b and died within c. Build 2 has other steps: it goes on, or is set aside before a wrong body starts.</summary>
public sealed class StepsEditedTests : DeployStory
{
    [Theory, InlineData(true), InlineData(false)]
    public void Unchanged_code_goes_on_behind_the_last_checkpoint(bool isSequential)
    {
        CrashInC(isSequential);
        Assert.Equal(RunStatus.Completed, GoOn(isSequential, "a", "b", "c"));
        Assert.Equal(["c"], NewBodies);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_step_inserted_after_the_current_point_just_runs(bool isSequential)
    {
        CrashInC(isSequential);
        Assert.Equal(RunStatus.Completed, GoOn(isSequential, "a", "b", "new", "c"));
        Assert.Equal(["new", "c"], NewBodies);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_step_inserted_before_the_current_point_quarantines_before_its_body(bool isSequential)
    {
        CrashInC(isSequential);
        Assert.Equal(RunStatus.Quarantined, GoOn(isSequential, "a", "new", "b", "c"));
        Assert.Empty(NewBodies);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_step_inserted_at_the_beginning_quarantines_before_its_body(bool isSequential)
    {
        CrashInC(isSequential);
        Assert.Equal(RunStatus.Quarantined, GoOn(isSequential, "new", "a", "b", "c"));
        Assert.Empty(NewBodies);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_removed_step_quarantines_before_a_wrong_body_starts(bool isSequential)
    {
        CrashInC(isSequential);
        Assert.Equal(RunStatus.Quarantined, GoOn(isSequential, "b", "c"));
        Assert.Empty(NewBodies);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Removing_the_last_recorded_step_quarantines_before_a_wrong_body_starts(bool isSequential)
    {
        CrashInC(isSequential);
        Assert.Equal(RunStatus.Quarantined, GoOn(isSequential, "a", "c"));
        Assert.Empty(NewBodies);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_workflow_that_now_ends_before_its_recorded_steps_quarantines_before_its_outcome_commits(bool isSequential)
    {
        CrashInC(isSequential);
        Assert.Equal(RunStatus.Quarantined, GoOn(isSequential, "a"));
        Assert.DoesNotContain(EngineSimulation.Store.Commits, commit => commit.Transition?.Status == RunStatus.Completed);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_step_renamed_without_alias_quarantines_before_the_new_body(bool isSequential)
    {
        CrashInC(isSequential);
        Assert.Equal(RunStatus.Quarantined, GoOn(isSequential, "a", "renamed", "c"));
        Assert.Empty(NewBodies);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Two_different_steps_that_changed_places_quarantine_before_a_wrong_body_starts(bool isSequential)
    {
        CrashInC(isSequential);
        var status = GoOn(isSequential, "b", "a", "c");
        // What nothing orders may be asked for in another order; each call still gets its own outcome.
        Assert.Equal(RunStatus.Quarantined, status);
        Assert.Empty(NewBodies);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void The_message_says_what_is_recorded_what_was_requested_and_what_to_do(bool isSequential)
    {
        CrashInC(isSequential);
        GoOn(isSequential, "a", "renamed", "c");
        Assert.Contains("recorded:  /b (sequence 2, build build-1)", Error());
        Assert.Contains("requested: /renamed", Error());
        Assert.Contains("[StepAlias(\"b\")]", Error());
        Assert.Contains("ResumeAsync(acceptDivergence: true)", Error());
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_quarantined_run_goes_on_when_the_old_code_is_back(bool isSequential)
    {
        CrashInC(isSequential);
        var steps = new List<string> { "a", "renamed", "c" };
        GoOnInNewBuild(Workflow(isSequential, steps));
        steps[1] = "b";
        EngineSimulation.Run(() => Run.ResumeAsync());
        Assert.Equal(RunStatus.Completed, Status());
        Assert.Equal(["c"], NewBodies);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Accepting_divergence_goes_on_as_the_code_is_now_and_clears_what_it_does_not_ask_for(bool isSequential)
    {
        CrashInC(isSequential);
        GoOn(isSequential, "a", "renamed", "c");
        AcceptDivergence();
        Assert.Equal(RunStatus.Completed, Status());
        Assert.Equal(["renamed", "c"], NewBodies);
        Assert.Equal(
            [("/a", CheckpointStatus.Completed), ("/b", CheckpointStatus.Cleared), ("/renamed", CheckpointStatus.Completed), ("/c", CheckpointStatus.Completed)],
            Checkpoints().Select(checkpoint => (checkpoint.StepId, checkpoint.Status)));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Accepting_an_inserted_step_keeps_the_outcomes_recorded_behind_it(bool isSequential)
    {
        CrashInC(isSequential);
        GoOn(isSequential, "a", "inserted", "b", "c");
        AcceptDivergence();
        Assert.Equal(RunStatus.Completed, Status());
        Assert.Equal(["inserted", "c"], NewBodies);
        Assert.Equal(
            [("/a", CheckpointStatus.Completed), ("/b", CheckpointStatus.Cleared), ("/inserted", CheckpointStatus.Completed), ("/b", CheckpointStatus.Completed), ("/c", CheckpointStatus.Completed)],
            Checkpoints().Select(checkpoint => (checkpoint.StepId, checkpoint.Status)));
    }

    public static TheoryData<bool, bool, int> Losses
    {
        get
        {
            var losses = new TheoryData<bool, bool, int>();
            foreach (var isSequential in new[] { true, false })
            {
                foreach (var isStored in new[] { true, false })
                {
                    for (var commit = 1; commit <= 4; commit++)
                        losses.Add(isSequential, isStored, commit);
                }
            }

            return losses;
        }
    }

    [Theory, MemberData(nameof(Losses))]
    public void An_incarnation_lost_at_any_commit_of_an_accepted_divergence_loses_no_recorded_outcome(bool isSequential, bool isStored, int commit)
    {
        CrashInC(isSequential);
        GoOn(isSequential, "a", "inserted", "b", "c");
        var commits = 0;
        // An answer that no store may give: the incarnation gives the run up, and the next one starts from what is stored.
        Task Lose(string verb, object? _) => verb == nameof(IRunStore.CommitAsync) && ++commits == commit ? Task.FromException(new InvalidOperationException()) : Task.CompletedTask;
        if (isStored)
            EngineSimulation.Store.After = Lose;
        else
            EngineSimulation.Store.Before = Lose;
        AcceptDivergence();
        EngineSimulation.Advance(TimeSpan.FromMinutes(2));
        Assert.True(commits >= commit);
        Assert.Equal(RunStatus.Completed, Status());
        Assert.DoesNotContain("a", NewBodies);
        Assert.DoesNotContain("b", NewBodies);
        Assert.Equal(["/a", "/inserted", "/b", "/c"], Checkpoints().Where(checkpoint => checkpoint.Status == CheckpointStatus.Completed).Select(checkpoint => checkpoint.StepId));
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Accepting_two_steps_that_changed_places_runs_neither_again(bool isSequential)
    {
        CrashInC(isSequential);
        GoOn(isSequential, "b", "a", "c");
        AcceptDivergence();
        Assert.Equal(RunStatus.Completed, Status());
        Assert.Equal(["c"], NewBodies);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void A_failure_after_an_accepted_divergence_keeps_the_outcomes_that_were_not_asked_for_yet(bool isSequential)
    {
        CrashInC(isSequential);
        var steps = new List<string> { "a", "fails", "b" };
        GoOnInNewBuild(Workflow(isSequential, steps));
        AcceptDivergence();
        Assert.Equal(RunStatus.Failed, Status());
        steps[1] = "inserted";
        EngineSimulation.Run(() => Run.ResumeAsync());
        AcceptDivergence();
        Assert.Equal(RunStatus.Completed, Status());
        Assert.DoesNotContain("b", NewBodies);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void Accepting_that_recorded_steps_are_gone_lets_the_workflow_end(bool isSequential)
    {
        CrashInC(isSequential);
        GoOn(isSequential, "a");
        AcceptDivergence();
        Assert.Equal(RunStatus.Completed, Status());
        Assert.Equal([CheckpointStatus.Completed, CheckpointStatus.Cleared], Checkpoints().Select(checkpoint => checkpoint.Status));
    }

    [Fact]
    public void Divergence_is_accepted_for_one_resume_only()
    {
        CrashInC(isSequential: true);
        var steps = new List<string> { "a", "renamed", "fails" };
        GoOnInNewBuild(Workflow(isSequential: true, steps));
        AcceptDivergence();
        Assert.Equal(RunStatus.Failed, Status());
        steps[1] = "renamed again";
        EngineSimulation.Run(() => Run.ResumeAsync());
        Assert.Equal(RunStatus.Quarantined, Status());
    }

    [Fact]
    public void A_diverged_run_uses_up_no_checkpoint_and_no_outcome()
    {
        CrashInC(isSequential: true);
        GoOn(isSequential: true, "a", "renamed", "c");
        Assert.Equal(["/a", "/b"], Checkpoints().Select(checkpoint => checkpoint.StepId));
    }

    [Fact]
    public void A_code_path_that_awaits_foreign_work_is_given_time_before_it_counts_as_diverged()
    {
        CrashInC(isSequential: false);
        Assert.Equal(RunStatus.Running, GoOnInNewBuild(Foreign(Forever)));
        EngineSimulation.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(RunStatus.Running, Status());
        EngineSimulation.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(RunStatus.Quarantined, Status());
        Assert.Contains("recorded:  /a (sequence 1", Error());
    }

    [Fact]
    public void Foreign_work_that_ends_in_time_leads_on_to_the_recorded_call()
    {
        var foreign = new TaskCompletionSource<int>();
        CrashInC(isSequential: false);
        GoOnInNewBuild(Foreign(foreign.Task));
        EngineSimulation.Advance(TimeSpan.FromSeconds(59));
        foreign.SetResult(0);
        EngineSimulation.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(RunStatus.Completed, Status());
        Assert.Equal(["c"], NewBodies);
    }

    [Fact]
    public void A_stall_behind_a_new_step_is_noticed_after_the_bodys_end()
    {
        CrashInC(isSequential: false);
        GoOnInNewBuild(TestWorkflow.Define("Order", async w =>
        {
            await Step(w, "new");
            return $"{await Step(w, "a")}{await Step(w, "b")}{await Step(w, "c")}";
        }));
        EngineSimulation.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RunStatus.Quarantined, Status());
    }

    private void CrashInC(bool isSequential) => CrashInOldBuild(TestWorkflow.Define("Order", async w =>
    {
        var a = await w.StepAsync("a", _ => Task.FromResult(1));
        var b = await w.StepAsync("b", _ => Task.FromResult(2));
        return $"{a}{b}{await w.StepAsync("c", _ => Forever)}";
    }, isSequential, awaitsOnlyDurableWork: true));

    private RunStatus GoOn(bool isSequential, params string[] steps) => GoOnInNewBuild(Workflow(isSequential, steps));

    private WorkflowDefinition<TestWorkflow.Input, string> Workflow(bool isSequential, IReadOnlyList<string> steps) => TestWorkflow.Define("Order", async w =>
    {
        foreach (var step in steps)
        {
            if (step == "fails")
                throw new InvalidOperationException("on purpose");
            await Step(w, step);
        }

        return "done";
    }, isSequential, awaitsOnlyDurableWork: true);

    private WorkflowDefinition<TestWorkflow.Input, string> Foreign(Task<int> foreign) => TestWorkflow.Define("Order", async w =>
    {
        await foreign;
        return $"{await Step(w, "a")}{await Step(w, "b")}{await Step(w, "c")}";
    });
}
