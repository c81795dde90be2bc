using Durable.CompilerServices;

namespace Durable.Runtime.Tests.Waiting;

/// <summary>Child runs.</summary>
public sealed class ChildTests : WaitingTests
{
    private Func<WorkflowContext, string, Task<string>> _child = (_, input) => Task.FromResult($"{input} shipped");

    private WorkflowDefinition<TestWorkflow.Input, string> Child => field ??= TestWorkflow.Define("Ship", (w, input) => _child(w, input), awaitsOnlyDurableWork: true);

    [Fact]
    public void A_child_brings_its_result_to_its_parent()
    {
        var run = Parent(async w => await w.RunChildAsync(Child.Call("box")));
        Assert.Equal("box shipped", Result(run));
    }

    [Fact]
    public void The_childs_id_is_made_of_the_parents_and_of_the_call()
    {
        var run = Parent(async w =>
        {
            await w.RunChildAsync(Child.Call("a"), new ChildOptions { Key = "a" });
            return (await w.StartChildAsync(Child.Call("b"))).RunId;
        });
        Assert.Equal("run/Ship", Result(run));
        Assert.Equal("run", Info(Find("run/Ship[a]")).ParentRunId);
    }

    [Fact]
    public void A_parent_that_waits_for_its_child_is_suspended()
    {
        Wait();
        var run = Parent(async w => await w.RunChildAsync(Child.Call("box")));
        Assert.Equal((RunStatus.Suspended, null), (Info(run).Status, Info(run).WakesAt));
        Signal(Find("run/Ship"), "go", "off");
        Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("off", Result(run));
    }

    [Fact]
    public void A_crash_starts_no_second_child()
    {
        Wait();
        var parent = Define(async w => await w.RunChildAsync(Child.Call("box")));
        var host = Simulation.Start([parent, Child]);
        var run = Simulation.Run(() => host.Client.StartAsync(parent.Call(), "run"));
        Simulation.Settle();
        Simulation.Kill(host);
        Simulation.Start([parent, Child]);
        Simulation.PassLeases();
        Signal(Find("run/Ship"), "go", "off");
        Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("off", Result((RunHandle<string>)Find("run")));
        Assert.Equal(2, Runs().Count);
    }

    [Fact]
    public void The_failure_of_a_child_is_typed()
    {
        _child = (_, _) => throw new IOException("no truck");
        var run = Parent(async w =>
        {
            try
            {
                return await w.RunChildAsync(Child.Call("box"));
            }
            catch (ChildWorkflowFailedException failure)
            {
                return $"{failure.RunId} {failure.Workflow} {failure.Error.Message} {failure.IsCausedBy<IOException>()} {failure.IsCanceled}";
            }
        });
        Assert.Equal("run/Ship Ship no truck True False", Result(run));
    }

    [Fact]
    public void A_child_that_takes_too_long_is_canceled_and_its_parent_told()
    {
        Wait();
        var run = Parent(async w =>
        {
            var failure = await Assert.ThrowsAsync<ChildWorkflowFailedException>(() => w.RunChildAsync(Child.Call("box"), new ChildOptions { Timeout = TimeSpan.FromHours(1) }));
            return failure.IsCanceled;
        });
        Advance(TimeSpan.FromHours(1));
        Assert.True(Result(run));
    }

    [Fact]
    public void Parallel_children_each_have_their_own_time()
    {
        Wait();
        var run = Parent(async w =>
        {
            var children = new[] { 1, 2, 3 }.Select(async hours =>
            {
                try
                {
                    return await w.RunChildAsync(Child.Call("box"), new ChildOptions { Key = $"{hours}", Timeout = TimeSpan.FromHours(hours) });
                }
                catch (ChildWorkflowFailedException)
                {
                    return "too late";
                }
            }).ToList();
            return string.Join(", ", await Task.WhenAll(children));
        });
        Advance(TimeSpan.FromMinutes(90));
        Signal(Find("run/Ship[2]"), "go", "two");
        Signal(Find("run/Ship[3]"), "go", "three");
        Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("too late, two, three", Result(run));
    }

    [Fact]
    public void A_child_that_ended_before_its_parent_waits_for_it_is_not_missed()
    {
        var run = Parent(async w =>
        {
            var child = await w.StartChildAsync(Child.Call("box"));
            await w.SleepAsync(TimeSpan.FromMinutes(1));
            return await child.GetResultAsync();
        });
        Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("box shipped", Result(run));
    }

    [Theory]
    [InlineData(ParentClosePolicy.Cancel, RunStatus.Canceled)]
    [InlineData(ParentClosePolicy.Terminate, RunStatus.Canceled)]
    [InlineData(ParentClosePolicy.Abandon, RunStatus.Suspended)]
    public void What_becomes_of_a_child_when_its_parent_ends_is_its_close_policy(ParentClosePolicy policy, RunStatus expected)
    {
        Wait();
        var run = Parent(async w =>
        {
            await w.StartChildAsync(Child.Call("box"), new ChildOptions { ClosePolicy = policy });
            await w.SleepAsync(TimeSpan.FromHours(1));
            return "over";
        });
        Advance(TimeSpan.FromHours(1));
        Assert.Equal("over", Result(run));
        Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(expected, Info(Find("run/Ship")).Status);
    }

    [Fact]
    public void A_parent_that_is_canceled_cancels_its_child()
    {
        Wait();
        var run = Parent(async w => await w.RunChildAsync(Child.Call("box")));
        Simulation.Run(() => run.CancelAsync("enough"));
        Assert.Throws<RunCanceledException>(() => Result(run));
        Advance(TimeSpan.FromSeconds(30));
        Assert.Contains("parent", Assert.Throws<RunCanceledException>(() => Result((RunHandle<string>)Find("run/Ship"))).Reason);
    }

    [Fact]
    public void A_resumed_parent_starts_another_child_in_place_of_the_one_that_failed()
    {
        var isUp = false;
        _child = (_, input) => isUp ? Task.FromResult($"{input} shipped") : throw new IOException("no truck");
        var run = Parent(async w => await w.RunChildAsync(Child.Call("box")));
        Assert.Throws<RunFailedException>(() => Result(run));
        isUp = true;
        Simulation.Run(() => run.ResumeAsync());
        Assert.Equal("box shipped", Result(run));
        Assert.Equal(["run", "run/Ship", "run/Ship!2"], Runs().Select(info => info.RunId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_resumed_parent_is_told_of_a_child_that_ended_while_it_had_ended_itself()
    {
        Wait();
        var run = Parent(async w =>
        {
            var child = await w.StartChildAsync(Child.Call("box"), new ChildOptions { ClosePolicy = ParentClosePolicy.Abandon });
            return await child.GetResultAsync();
        });
        Simulation.Run(() => run.CancelAsync("enough"));
        Assert.Throws<RunCanceledException>(() => Result(run));
        Signal(Find("run/Ship"), "go", "off");
        Advance(TimeSpan.FromSeconds(2));
        Simulation.Run(() => run.ResumeAsync());
        Assert.Equal("off", Result(run));
    }

    [Fact]
    public void An_id_that_is_taken_by_a_run_of_somebody_else_is_a_failure_and_that_run_is_left_alone()
    {
        Wait();
        var parent = Define(async w => (await Assert.ThrowsAsync<ChildWorkflowFailedException>(() => w.RunChildAsync(Child.Call("box")))).IsCausedBy<RunConflictException>());
        var host = Simulation.Start([parent, Child]);
        var other = Simulation.Run(() => host.Client.StartAsync(Child.Call("mine"), "run/Ship"));
        Assert.True(Simulation.Run(() => host.Client.RunAsync(parent.Call(), "run")));
        Assert.Equal(RunStatus.Suspended, Info(other).Status);
        Assert.Null(Info(other).ParentRunId);
    }

    [Fact]
    public void A_child_may_have_children()
    {
        var grandchild = TestWorkflow.Define("Pack", (_, input) => Task.FromResult($"{input} packed"), awaitsOnlyDurableWork: true);
        _child = async (w, input) => $"{await w.RunChildAsync(grandchild.Call(input))} and shipped";
        var parent = Define(async w => await w.RunChildAsync(Child.Call("box")));
        Assert.Equal("box packed and shipped", Result(Start(parent, Child, grandchild)));
    }

    private void Wait() => _child = async (w, _) => await w.WaitForSignalAsync<string>("go");

    private RunHandle<T> Parent<T>(Func<WorkflowContext, Task<T>> body) => Start(Define(body), Child);

    private RunHandle Find(string runId) => Simulation.Client(Child, Define(_ => Task.FromResult(""))).GetRun<string>(runId);

    private IReadOnlyList<RunInfo> Runs() => Simulation.Run(async () => (await Simulation.Client(Child).ListRunsAsync()).Runs);
}
