namespace Durable.Runtime.Tests.Branches;

/// <summary>Maps that end early: what becomes of branches that are under way, and of those that never began.</summary>
public sealed class AbandonedBranchTests : BranchTests
{
    private static readonly string[] s_letters = ["a", "b", "c", "d"];

    [Fact]
    public void The_first_failure_ends_the_map_and_says_what_became_of_each_item()
    {
        Hold("a", "b", "c");
        Fail("b");
        var run = Start(w => Outcome(w.MapAsync(s_letters, x => x, (_, x) => Work(x), new MapOptions { MaxConcurrency = 3 })));
        Release("a");
        Assert.Equal(["a", "b", "c", "d"], Bodies);
        Release("b");
        Assert.Equal("FailureToleranceExceeded: a+ b- c? d+", Result(run));
    }

    [Fact]
    public void A_branch_whose_turn_had_not_come_never_begins()
    {
        Hold("a", "b");
        Fail("a");
        var run = Start(w => Outcome(w.MapAsync(s_letters, x => x, (_, x) => Work(x), new MapOptions { MaxConcurrency = 2 })));
        Release("a");
        Assert.Equal("FailureToleranceExceeded: a- b? c. d.", Result(run));
        Assert.Equal(["a", "b"], Bodies);
    }

    [Fact]
    public void A_failed_map_throws_what_failed_first_and_fails_the_run()
    {
        Fail("a");
        var run = Start(async w => Text(await w.MapAsync(s_letters[..1], x => x, (_, x) => Work(x))));
        var error = Failure(run).Error;
        Assert.Equal(typeof(MapFailedException).FullName, error.TypeName);
        Assert.StartsWith("Map 'map' failed: 1 of 1 branch(es) failed, first 'a': Step '/map[a]/Work' failed after 1 attempt(s)", error.Message, StringComparison.Ordinal);
        Assert.True(error.IsCausedBy<IOException>());
    }

    [Fact]
    public void It_ends_when_enough_have_succeeded_and_the_results_are_theirs()
    {
        Hold("a", "b", "c", "d");
        Fail("c");
        var run = Start(async w =>
        {
            var outcome = await w.MapAsync(s_letters, x => x, (_, x) => Work(x), new MapOptions { MinSuccessful = 2 });
            return $"{Text(outcome)} {string.Join(',', outcome.Results)}";
        });
        Release("d");
        Release("c");
        Release("b");
        Assert.Equal("MinSuccessfulReached: a? b+ c- d+ b,d", Result(run));
    }

    [Fact]
    public void The_body_of_an_abandoned_branch_is_told()
    {
        Hold("a", "b");
        var run = Start(w => Outcome(w.MapAsync(s_letters[..2], x => x, (_, x) => Work(x), new MapOptions { MinSuccessful = 1 })));
        Release("a");
        Assert.Equal("MinSuccessfulReached: a+ b?", Result(run));
        Assert.Equal(["b"], Told);
    }

    [Fact]
    public void What_a_late_body_returns_is_not_stored_and_its_branch_goes_no_further()
    {
        var after = new List<string>();
        Hold("a", "last");
        Hold("a");
        HoldDeaf("b");
        var run = Start(async w =>
        {
            await w.MapAsync(s_letters[..2], x => x, async (_, x) => after.Add(await Work(x)), new MapOptions { MinSuccessful = 1 });
            return await Work("last");
        });
        Release("a");
        Release("b");
        Release("last");
        Assert.Equal("last", Result(run));
        Assert.Equal(["/map[a]/Work", "/Work"], Stored(run));
        Assert.DoesNotContain("b", after);
    }

    [Fact]
    public void A_body_that_listens_to_nothing_does_not_keep_the_run_from_ending()
    {
        Hold("a");
        HoldDeaf("b");
        var run = Start(w => Outcome(w.MapAsync(s_letters[..2], x => x, (_, x) => Work(x), new MapOptions { MinSuccessful = 1 })));
        Release("a");
        Assert.Equal("MinSuccessfulReached: a+ b?", Result(run));
        Release("b");
        Assert.Equal(["/map[a]/Work"], Stored(run));
    }

    [Fact]
    public void A_body_that_listens_to_nothing_does_not_keep_the_run_from_being_suspended()
    {
        Hold("a");
        HoldDeaf("b");
        Fail("later");
        var run = Start(async w =>
        {
            await w.MapAsync(s_letters[..2], x => x, (_, x) => Work(x), new MapOptions { MinSuccessful = 1 });
            return await Retried("later", TimeSpan.FromHours(1));
        });
        Release("a");
        Assert.Equal(RunStatus.Suspended, Status(run));
        Mend("later");
        Simulation.Advance(TimeSpan.FromHours(1));
        Assert.Equal("later", Result(run));
        Release("b");
    }

    [Fact]
    public void A_retry_that_waits_in_an_abandoned_branch_is_not_waited_for()
    {
        Hold("a");
        Fail("b");
        var run = Start(w => Outcome(w.MapAsync(s_letters[..2], x => x, (_, x) => x == "b" ? Retried(x, TimeSpan.FromSeconds(9)) : Work(x), new MapOptions { MinSuccessful = 1 })));
        Release("a");
        Assert.Equal("MinSuccessfulReached: a+ b?", Result(run));
        Simulation.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["a", "b"], Bodies);
    }

    [Fact]
    public void An_attempt_that_fails_after_its_branch_was_abandoned_is_not_followed_by_another()
    {
        Hold("a", "last");
        HoldDeaf("b");
        Fail("b");
        var run = Start(async w =>
        {
            await w.MapAsync(s_letters[..2], x => x, (_, x) => x == "b" ? Retried(x, TimeSpan.FromSeconds(1)) : Work(x), new MapOptions { MinSuccessful = 1 });
            return await Work("last");
        });
        Release("a");
        Release("b");
        Simulation.Advance(TimeSpan.FromSeconds(5));
        Release("last");
        Assert.Equal("last", Result(run));
        Assert.Equal(["a", "b", "last"], Bodies);
        Assert.Equal(["/map[a]/Work", "/Work"], Stored(run));
    }

    [Fact]
    public void What_an_abandoned_branch_called_through_the_context_around_the_map_is_dropped_with_it()
    {
        Hold("a", "b");
        var run = Start(async w => await Outcome(w.MapAsync(s_letters[..2], x => x, (_, x) => w.StepAsync("outer", x, async token =>
        {
            await Task.Yield();
            return await BodyAsync(x, token);
        }), new MapOptions { MinSuccessful = 1 })) + await Work("last"));
        Release("a");
        Assert.Equal("MinSuccessfulReached: a+ b?last", Result(run));
        Assert.Equal(["/outer[a]", "/Work"], Stored(run));
        Assert.Contains("b", Told);
    }

    [Fact]
    public void A_step_once_per_run_is_nobodys_alone_and_goes_on()
    {
        Hold("a");
        HoldDeaf("shared");
        var once = new Durable.CompilerServices.StepDefinition<TestStep.Arguments<string>, string>
        {
            Name = "Once",
            OncePerRun = true,
            Body = (arguments, step, _) => new ValueTask<string>(BodyAsync(arguments.Value, step.CancellationToken)),
            Result = TestWorkflow.Payload<string>(),
            Arguments = static (writer, arguments) => writer.Add("value", arguments.Value, TestWorkflow.Payload<string>()),
        };
        var run = Start(async w =>
        {
            await w.MapAsync(s_letters[..2], x => x, (_, x) => x == "b" ? once.CallAsync("shared") : Work(x), new MapOptions { MinSuccessful = 1 });
            return await once.CallAsync("shared");
        });
        Release("a");
        Release("shared");
        Assert.Equal("shared", Result(run));
        Assert.Equal(["a", "shared"], Bodies);
    }

    [Fact]
    public void Code_of_an_abandoned_branch_that_foreign_work_lets_go_on_makes_no_durable_call()
    {
        var foreign = new TaskCompletionSource();
        var reached = new List<string>();
        Hold("last");
        var workflow = TestWorkflow.Define<string>("Order", async w =>
        {
            await w.MapAsync(s_letters[..2], x => x, async (inner, x) =>
            {
                if (x == "b")
                    await foreign.Task;
                reached.Add(x);
                await Work(x);
                await inner.ScopeAsync("deeper", _ => Work(x));
                await inner.MapAsync(["z"], z => z, (_, z) => Work(z));
            }, new MapOptions { MinSuccessful = 1 });
            return await Work("last");
        });
        var run = Start(workflow, out _);
        foreign.SetResult();
        Simulation.Settle();
        Release("last");
        Assert.Equal("last", Result(run));
        Assert.Contains("b", reached);
        Assert.DoesNotContain("b", Bodies);
    }

    [Fact]
    public void The_context_of_an_abandoned_branch_tells_its_foreign_work()
    {
        var told = 0;
        var workflow = TestWorkflow.Define<string>("Order", async w => await Outcome(w.MapAsync(s_letters[..2], x => x, async (inner, x) =>
        {
            if (x == "a")
            {
                await Work(x);
                return;
            }

            var canceled = new TaskCompletionSource();
            inner.CancellationToken.Register(() => told++);
            await canceled.Task;
        }, new MapOptions { MinSuccessful = 1 })) + await Work("last"));
        var run = Start(workflow, out _);
        Assert.Equal("MinSuccessfulReached: a+ b?last", Result(run));
        Assert.True(told > 0);
    }

    [Fact]
    public void A_call_by_the_code_around_it_through_the_context_of_an_abandoned_branch_is_refused()
    {
        Hold("b");
        var run = Start(async w =>
        {
            WorkflowContext? leaked = null;
            await w.MapAsync(s_letters[..2], x => x, (inner, x) =>
            {
                leaked = inner;
                return Work(x);
            }, new MapOptions { MinSuccessful = 1 });
            return await leaked!.StepAsync("late", _ => Task.FromResult("late"));
        });
        Assert.Contains("Scope '/map[b]' has ended", Failure(run).Error.Message, StringComparison.Ordinal);
    }

    private async Task<string> BodyAsync(string value, CancellationToken token)
    {
        Bodies.Add(value);
        using var told = token.Register(() => Told.Add(value));
        await PassAsync(value, token);
        return value;
    }
}
