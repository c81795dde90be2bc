using Durable.Storage;

namespace Durable.Runtime.Tests.Branches;

/// <summary>Maps that ended early, replayed: they end at the same point, whatever was stored of their branches behind it.</summary>
public sealed class AbandonedReplayTests : BranchTests
{
    private static readonly string[] s_letters = ["a", "b", "c"];

    [Fact]
    public void A_map_that_ended_early_comes_to_the_same_end_after_a_crash_and_begins_no_body_again()
    {
        Hold("a", "b", "c", "last");
        var workflow = Define(async w => await Outcome(w.MapAsync(s_letters, x => x, (_, x) => Work(x), new MapOptions { MinSuccessful = 1 })) + await Work("last"));
        Start(workflow, out var host);
        Release("b");
        Bodies.Clear();
        Crash(host, workflow);
        Release("last");
        Assert.Equal("MinSuccessfulReached: a? b+ c?last", Result(RunOf(workflow)));
        Assert.Equal(["last"], Bodies);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_outcome_that_was_stored_behind_the_deciding_one_is_passed(bool fails)
    {
        // The commit of the deciding outcome is held up: that of the other branch is stored right behind it, before the map can end.
        Hold("a", "b", "last");
        if (fails)
            Fail("b");
        var workflow = Define(async w => await Outcome(w.MapAsync(s_letters[..2], x => x, async (_, x) => await Work(x) + await Work(x + "2"), new MapOptions { MinSuccessful = 1 })) + await Work("last"));
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Simulation.Store.Before = (verb, request) => verb == nameof(IRunStore.CommitAsync) && request is RunCommit { Checkpoints: [{ StepId: "/map[a]/Work#1" }, ..] } ? held.Task : Task.CompletedTask;
        Start(workflow, out var host);
        Release("a");
        Release("b");
        held.SetResult();
        Simulation.Settle();
        Assert.Contains("/map[b]/Work", Stored(RunOf(workflow)));
        Assert.DoesNotContain("b2", Bodies);
        Crash(host, workflow);
        Release("last");
        var run = RunOf(workflow);
        Assert.Equal("MinSuccessfulReached: a+ b?last", Result(run));
        Assert.Equal(["/map[a]/Work", "/map[a]/Work#1", "/map[b]/Work", "/Work"], Stored(run));
        Assert.DoesNotContain("b2", Bodies);
    }

    [Fact]
    public void A_step_that_runs_at_most_once_and_was_cut_off_is_never_recorded_as_interrupted_while_the_map_ends_as_it_did()
    {
        Hold("a", "last");
        HoldDeaf("b");
        var workflow = Define(async w => await Outcome(w.MapAsync(s_letters[..2], x => x, (_, x) => x == "b" ? WorkAtMostOnce(x) : Work(x), new MapOptions { MinSuccessful = 1 })) + await Work("last"));
        Start(workflow, out var host);
        Release("a");
        Crash(host, workflow);
        Release("last");
        var run = RunOf(workflow);
        Assert.Equal("MinSuccessfulReached: a+ b?last", Result(run));
        Assert.DoesNotContain(Simulation.Run(() => run.GetCheckpointsAsync()), checkpoint => checkpoint.Status == CheckpointStatus.Interrupted);
        Assert.Single(Bodies, "b");
    }

    [Fact]
    public void A_beginning_that_is_stored_after_its_branch_was_abandoned_is_taken_back()
    {
        Hold("last");
        var workflow = Define(async w => await Outcome(w.MapAsync(s_letters[..2], x => x, async (_, x) =>
        {
            if (x == "a")
                return await Work(x);
            await Work("b1");
            return await WorkAtMostOnce(x);
        }, new MapOptions { MinSuccessful = 1 })) + await Work("last"));
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Simulation.Store.Before = (verb, request) => verb == nameof(IRunStore.CommitAsync) && request is RunCommit commit && commit.Checkpoints.Any(c => c.Kind == CheckpointKind.StepStarted) ? held.Task : Task.CompletedTask;
        Hold("a");
        Start(workflow, out _);
        Release("a");
        held.SetResult();
        Simulation.Settle();
        Release("last");
        var run = RunOf(workflow);
        Result(run);
        var started = Assert.Single(Simulation.Run(() => run.GetCheckpointsAsync()), checkpoint => checkpoint.StepId == "/map[b]/Work#1");
        Assert.True(Bodies.Contains("b") || started.Status == CheckpointStatus.Cleared);
    }

    [Fact]
    public void A_resumed_run_tries_what_failed_again_and_keeps_what_the_abandoned_branches_had_completed()
    {
        Hold("a", "c");
        Fail("b");
        var workflow = Define(async w => Text(await w.MapAsync(s_letters, x => x, async (_, x) => await Work(x) + (x == "a" ? await Work("a2") : ""), new MapOptions { ToleratedFailures = 0 })));
        Hold("a2", "b");
        var run = Start(workflow, out _);
        Release("a");
        Release("b");
        Assert.True(Failure(run).IsCausedBy<IOException>());
        Mend("b");
        Bodies.Clear();
        Simulation.Run(() => run.ResumeAsync());
        Release("a2", "c");
        Assert.Equal("AllCompleted: a+ b+ c+", Result(run));
        Assert.Equal(["a2", "b", "c"], Bodies.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_failure_that_came_too_late_to_be_noticed_is_tried_again_with_those_that_were()
    {
        Hold("a", "b");
        Fail("a", "b");
        var workflow = Define(async w => Text(await w.MapAsync(s_letters[..2], x => x, (_, x) => Work(x))));
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var committed = 0;
        Simulation.Store.Before = (verb, _) => verb == nameof(IRunStore.CommitAsync) && committed++ == 0 ? held.Task : Task.CompletedTask;
        var run = Start(workflow, out _);
        Release("a", "b");
        held.SetResult();
        Simulation.Settle();
        Failure(run);
        Mend("a", "b");
        Simulation.Run(() => run.ResumeAsync());
        Assert.Equal("AllCompleted: a+ b+", Result(run));
    }

    [Fact]
    public void A_failure_that_is_tolerated_is_kept_when_the_run_fails_later_and_is_resumed()
    {
        Fail("b", "last");
        var workflow = Define(async w => await Outcome(w.MapAsync(s_letters[..2], x => x, (_, x) => Work(x), new MapOptions { ToleratedFailures = 1 })) + await Work("last"));
        var run = Start(workflow, out _);
        Failure(run);
        Mend("b", "last");
        Simulation.Run(() => run.ResumeAsync());
        Assert.Equal("AllCompleted: a+ b-last", Result(run));
    }

    [Fact]
    public void The_run_itself_tries_a_failed_map_again_where_its_policy_says_so()
    {
        var attempts = 0;
        var workflow = Define(
            async w => Text(await w.MapAsync(s_letters[..2], x => x, (_, x) => x == "b" ? w.StepAsync<string>("flaky", _ => ++attempts < 3 ? throw new IOException("down") : Task.FromResult(x)) : Work(x))),
            new RetryPolicy { InitialDelay = TimeSpan.FromSeconds(1), Jitter = Jitter.None });
        var run = Start(workflow, out _);
        Simulation.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("AllCompleted: a+ b+", Result(run));
        Assert.Equal(["a"], Bodies);
    }

    [Fact]
    public void What_an_abandoned_branch_with_foreign_work_did_not_come_to_ask_for_again_is_passed()
    {
        var foreign = new TaskCompletionSource();
        foreign.SetResult();
        Hold("a", "b2", "last");
        var workflow = TestWorkflow.Define<string>("Order", async w => await Outcome(w.MapAsync(s_letters[..2], x => x, async (_, x) =>
        {
            if (x == "a")
                return await Work(x);
            await foreign.Task;
            await Work("b1");
            return await Work("b2");
        }, new MapOptions { MinSuccessful = 1 })) + await Work("last"));
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Simulation.Store.Before = (verb, request) => verb == nameof(IRunStore.CommitAsync) && request is RunCommit { Checkpoints: [{ StepId: "/map[a]/Work" }, ..] } ? held.Task : Task.CompletedTask;
        Hold("b1");
        Start(workflow, out var host);
        Release("a");
        Release("b1");
        held.SetResult();
        Simulation.Settle();
        Assert.Contains("/map[b]/Work", Stored(RunOf(workflow)));
        foreign = new TaskCompletionSource();
        Crash(host, workflow);
        Release("last");
        Assert.Equal("MinSuccessfulReached: a+ b?last", Result(RunOf(workflow)));
    }
}
