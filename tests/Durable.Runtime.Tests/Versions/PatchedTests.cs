using System.Text;
using Durable.Runtime.Tests.Replay;

namespace Durable.Runtime.Tests.Versions;

/// <summary>What a run is told when its code asks whether it takes a change.</summary>
public sealed class PatchedTests : PatchStory
{
    [Fact]
    public void A_new_run_takes_the_change()
    {
        var run = StartNew(Patched());
        Assert.Equal("a audit b c", EngineSimulation.Run(() => run.GetResultAsync()));
    }

    [Theory]
    [InlineData(true, "a", "a audit b c")]
    [InlineData(false, "a", "a audit b c")]
    [InlineData(true, "b", "audit b c")]
    [InlineData(false, "b", "audit b c")]
    [InlineData(true, "c", "c")]
    [InlineData(false, "c", "c")]
    public void A_run_takes_the_change_unless_another_build_has_led_it_past_the_point(bool isSequential, string diedIn, string bodies)
    {
        CrashInOldBuild(diedIn, isSequential);
        Assert.Equal(RunStatus.Completed, GoOnInNewBuild(Patched(isSequential)));
        Assert.Equal(bodies, Result());
    }

    [Theory]
    [InlineData("a", "a c")]
    [InlineData("b", "c")]
    [InlineData("c", "c")]
    public void A_step_removed_behind_it_stays_where_it_was_recorded_and_nowhere_else(string diedIn, string bodies)
    {
        CrashInOldBuild(diedIn);
        Assert.Equal(RunStatus.Completed, GoOnInNewBuild(Define(async w =>
        {
            await Step(w, "a");
            if (!Ask(w))
                await Step(w, "b");
            await Step(w, "c");
            return string.Join(' ', NewBodies);
        })));
        Assert.Equal(bodies, Result());
        Assert.Equal([diedIn != "c"], Answers.Distinct());
    }

    [Fact]
    public void An_answer_is_a_note_of_the_run_that_names_the_change()
    {
        var run = StartNew(Patched());
        var note = Assert.Single(Notes(run));
        Assert.Equal(("/[audit-orders]", "", Change, "true", 2L), (note.StepId, note.Name, note.Key, Encoding.UTF8.GetString(note.Result.Span), note.Sequence));
    }

    [Fact]
    public void That_a_run_does_not_take_a_change_is_noted_too()
    {
        CrashInOldBuild("c");
        GoOnInNewBuild(Patched());
        Assert.Equal("false", Encoding.UTF8.GetString(Assert.Single(Notes(Run)).Result.Span));
    }

    [Fact]
    public void An_answer_makes_no_commit_of_its_own()
    {
        StartNew(Patched());
        // One for each of the four steps, the last with the end of the run or followed by it.
        Assert.Equal(5, EngineSimulation.Store.Commits.Count);
        Assert.Equal(["/[audit-orders]", "/audit"], EngineSimulation.Store.Commits[1].Checkpoints.Select(checkpoint => checkpoint.StepId));
    }

    [Fact]
    public void An_answer_that_nothing_follows_but_the_end_is_stored_with_it()
    {
        var run = StartNew(Define(w => Task.FromResult($"{Ask(w)}")));
        Assert.Single(Notes(run));
        Assert.Single(EngineSimulation.Store.Commits);
    }

    [Fact]
    public void A_loop_asks_many_times_and_gets_one_answer_and_one_note()
    {
        CrashInOldBuild("c");
        GoOnInNewBuild(Define(async w =>
        {
            foreach (var step in (string[])["a", "b", "c"])
            {
                Ask(w);
                await Step(w, step);
            }

            // Nothing that another build recorded is left: the first answer still holds.
            Ask(w);
            return "";
        }));
        Assert.Equal([false], Answers.Distinct());
        Assert.Single(Notes(Run));
    }

    [Fact]
    public void Two_changes_are_answered_each_at_its_own_point()
    {
        CrashInOldBuild("c");
        GoOnInNewBuild(Define(async w =>
        {
            await Step(w, "a");
            Ask(w, "first");
            await Step(w, "b");
            Ask(w, "second");
            await Step(w, "c");
            return "";
        }));
        Assert.Equal([("first", "false"), ("second", "true")], Notes(Run).Select(note => (note.Key, Encoding.UTF8.GetString(note.Result.Span))));
    }

    [Fact]
    public void An_answer_belongs_to_the_run_and_not_to_the_scope_that_asked()
    {
        CrashInOldBuild("c");
        GoOnInNewBuild(Define(async w =>
        {
            await w.ScopeAsync("branch", branch => Task.FromResult(Ask(branch)));
            await Step(w, "a");
            await Step(w, "b");
            await w.ScopeAsync("branch", branch => Task.FromResult(Ask(branch)));
            await Step(w, "c");
            return "";
        }));
        Assert.Equal([false], Answers.Distinct());
        Assert.Single(Notes(Run));
    }

    [Fact]
    public void Changes_of_other_names_or_strange_ones_are_kept_apart()
    {
        string[] strange = ["a", "a]", "[a", "a/b", "a#1", "%61", "ä", new string('x', DurableLimits.MaxNameLength)];
        var run = StartNew(Define(async w =>
        {
            foreach (var change in strange)
                Ask(w, change);
            await Step(w, "a");
            return "";
        }));
        Assert.Equal(strange, Notes(run).Select(note => note.Key));
    }

    [Fact]
    public void What_another_build_has_begun_and_not_ended_counts_as_past_the_point()
    {
        CrashInOldBuild(Define(async w =>
        {
            await w.StepAsync("a", _ => Task.FromResult(0));
            await w.StepAsync("pay", null, new StepOptions { Mode = StepMode.AtMostOnce }, (_, _) => Forever);
            return "old";
        }));
        var paid = new List<string>();
        GoOnInNewBuild(Define(async w =>
        {
            await Step(w, "a");
            if (Ask(w))
                return "paid elsewhere";
            try
            {
                await w.StepAsync("pay", null, new StepOptions { Mode = StepMode.AtMostOnce }, (_, _) => Forever);
            }
            catch (StepInterruptedException)
            {
                paid.Add("interrupted");
            }

            return "asked";
        }));
        Assert.Equal("asked", Result());
        Assert.Equal(["interrupted"], paid.Distinct());
    }

    [Fact]
    public void A_run_that_waits_for_the_next_attempt_of_a_step_is_past_the_point_before_it()
    {
        var retry = new StepOptions { Retry = new RetryPolicy { InitialDelay = TimeSpan.FromHours(1), Jitter = Jitter.None } };
        CrashInOldBuild(Define(async w => $"{await w.StepAsync<int>("ship", null, retry, (_, _) => throw new IOException("down"))}"));
        GoOnInNewBuild(Define(async w =>
        {
            if (Ask(w))
                await Step(w, "audit");
            await w.StepAsync("ship", null, retry, (_, _) => Task.FromResult(1));
            Ask(w, "later");
            return "";
        }));
        EngineSimulation.Advance(TimeSpan.FromHours(1));
        Assert.Equal(RunStatus.Completed, Status());
        Assert.Equal([(Change, "false"), ("later", "true")], Notes(Run).Select(note => (note.Key, Encoding.UTF8.GetString(note.Result.Span))));
        Assert.Empty(NewBodies);
    }

    [Fact]
    public void The_call_may_be_removed_when_no_run_needs_the_old_code()
    {
        CrashInOldBuild("b");
        var asks = true;
        var stops = new TaskCompletionSource<int>();
        var workflow = Define(async w =>
        {
            await Step(w, "a");
            if (!asks || Ask(w))
                await Step(w, "audit");
            if (asks)
                await w.StepAsync("b", _ => stops.Task);
            else
                await Step(w, "b");
            await Step(w, "c");
            return string.Join(' ', NewBodies);
        });
        var host = EngineSimulation.Start(workflow, options => options.BuildId = "build-2");
        EngineSimulation.Kill(host);
        asks = false;
        EngineSimulation.PassLeases();
        Assert.Equal(RunStatus.Completed, GoOnInNewBuild(workflow, options => options.BuildId = "build-3"));
        Assert.Equal("audit b c", Result());
        Assert.Single(Notes(Run));
    }

    [Fact]
    public void A_run_that_diverged_goes_on_when_the_change_is_put_behind_it()
    {
        CrashInOldBuild("c");
        var asks = false;
        GoOnInNewBuild(Define(async w =>
        {
            await Step(w, "a");
            if (!asks || Ask(w))
                await Step(w, "audit");
            await Step(w, "b");
            await Step(w, "c");
            return string.Join(' ', NewBodies);
        }));
        Assert.Equal(RunStatus.Quarantined, Status());
        Assert.Contains("workflow.Patched(\"...\")", Error(), StringComparison.Ordinal);
        asks = true;
        EngineSimulation.Run(() => Run.ResumeAsync());
        Assert.Equal("c", Result());
    }

    [Fact]
    public void Asked_within_a_steps_body_it_throws()
    {
        NestedStepException? nested = null;
        StartNew(Define(async w => $"{await w.StepAsync("a", _ =>
        {
            nested = Assert.Throws<NestedStepException>(() => w.Patched(Change));
            return Task.FromResult(0);
        })}"));
        Assert.Contains("'Patched(\"audit-orders\")' was called inside the body of step '/a'", nested!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_cannot_be_kept_is_refused()
    {
        var refused = new List<ArgumentException>();
        StartNew(Define(w =>
        {
            foreach (var change in (string[])["", " ", "a\0", "\ud800"])
                refused.Add(Assert.ThrowsAny<ArgumentException>(() => w.Patched(change)));
            return Task.FromResult("");
        }));
        Assert.Equal(4, refused.Count);
    }

    [Fact]
    public void A_name_that_is_too_long_is_refused()
    {
        var run = StartNew(Define(w => Task.FromResult($"{w.Patched(new string('x', DurableLimits.MaxNameLength + 1))}")));
        var failed = Assert.Throws<RunFailedException>(() => EngineSimulation.Run(() => run.GetResultAsync()));
        Assert.Contains("DurableLimits.MaxNameLength", failed.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("maybe")]
    [InlineData("")]
    public void A_note_that_is_neither_true_nor_false_is_not_guessed_at(string stored)
    {
        var note = History.Step(1, "/[audit-orders]", kind: CheckpointKind.Patch) with { Result = Encoding.UTF8.GetBytes(stored) };
        var unreadable = Assert.Throws<PayloadException>(() => History.Log([note]));
        Assert.Contains("The answer to Patched(\"audit-orders\") (sequence 1)", unreadable.Message, StringComparison.Ordinal);
    }
}
