using Durable.Testing;

namespace Durable.Storage.Contract.Faults;

public abstract partial class StoreFaults
{
    private static readonly Expected s_inSequence = new() { Steps = ["/Letter[a] Completed", "/Letter[b] Completed", "/Letter[c] Completed", "/Letter[d] Completed", "/Letter[e] Completed"] };

    [Theory, EveryFault]
    public Task A_workflow_of_five_steps_in_sequence(string fault) => SweepAsync(fault, fewestCalls: 25, play: scenario =>
    {
        var host = scenario.World.Start("worker");
        scenario.Start(host.Client, Letters.InSequenceCall());
        Assert.Equal("abcde", scenario.Result(host.Client));
        scenario.Check(s_inSequence);
    });

    [Theory, EveryFault]
    public Task Steps_side_by_side_and_in_scopes(string fault) => SweepAsync(fault, fewestCalls: 26, play: scenario =>
    {
        var host = scenario.World.Start("worker");
        scenario.Start(host.Client, Letters.InBranchesCall());
        Assert.Equal("a b c de df g", scenario.Result(host.Client));
        scenario.Check(new Expected
        {
            HasBodiesBeside = true,
            Steps = [.. "abcg".Select(letter => $"/Letter[{letter}] Completed"), .. ((string[])["left/Letter[d]", "left/Letter[e]", "right/Letter[d]", "right/Letter[f]"]).Select(step => $"/{step} Completed")],
        });
    });

    [Theory, EveryFault]
    public Task A_step_that_fails_and_code_that_goes_on_without_it(string fault) => SweepAsync(fault, fewestCalls: 22, play: scenario =>
    {
        var host = scenario.World.Start("worker");
        scenario.Start(host.Client, Letters.PastAFailureCall());
        Assert.Equal("a(broken)c", scenario.Result(host.Client));
        scenario.Check(new Expected { Steps = ["/Letter[a] Completed", "/Broken[b] Failed", "/Letter[c] Completed"] });
    });

    [Theory, EveryFault]
    public Task A_run_that_fails_and_is_resumed_by_the_next_start(string fault) => SweepAsync(fault, fewestCalls: 28, play: scenario =>
    {
        var host = scenario.World.Start("worker");
        scenario.Start(host.Client, Letters.UntilMendedCall());
        scenario.Ends<RunFailedException>(host.Client);
        scenario.Witness.IsMended = true;
        scenario.Start(host.Client, Letters.UntilMendedCall(), IfFailed.Resume);
        Assert.Equal("abc", scenario.Result(host.Client));
        scenario.Check(new Expected
        {
            Ends = [RunStatus.Failed, RunStatus.Completed],
            Attempt = 2,
            Steps = ["/Letter[a] Completed", "/Broken[b] Cleared", "/Broken[b] Completed", "/Letter[c] Completed"],
            Executions = new() { ["/Broken[b]"] = 2 },
            Epoch = 2,
        });
    });

    [Theory, EveryFault]
    public Task A_step_that_failed_and_an_operator_who_says_what_came_of_it(string fault) => SweepAsync(fault, fewestCalls: 24, play: scenario =>
    {
        var host = scenario.World.Start("worker");
        scenario.Start(host.Client, Letters.UntilMendedCall());
        scenario.Ends<RunFailedException>(host.Client);
        scenario.Complete(host.Client, "/Broken[b]", "B");
        Assert.Equal("aBc", scenario.Result(host.Client));
        scenario.Check(new Expected
        {
            Ends = [RunStatus.Failed, RunStatus.Completed],
            Attempt = 2,
            Steps = ["/Letter[a] Completed", "/Broken[b] Completed", "/Letter[c] Completed"],
            Epoch = 2,
        });
    });

    [Theory, EveryFault]
    public Task A_run_that_is_canceled_from_another_process_in_the_middle(string fault) => SweepAsync(fault, fewestCalls: 14, play: scenario =>
    {
        var world = scenario.World;
        // The body does not listen, and lasts until the cancellation is accepted.
        var gate = new TaskCompletionSource();
        scenario.Witness.Gate = letter => letter == Witness.Long ? gate.Task : null;
        world.Start("worker");
        var client = world.Client();
        scenario.Start(client, Letters.InSequenceCall());
        world.PassUntil(() => scenario.Witness.Executions.ContainsKey("/Letter[c]"), "the third body");
        scenario.Cancel(client);
        world.Do(gate.SetResult);
        scenario.Ends<RunCanceledException>(client);
        scenario.Check(new Expected
        {
            Ends = [RunStatus.Canceled],
            Steps = ["/Letter[a] Completed", "/Letter[b] Completed"],
            Perhaps = "/Letter[c] Completed",
            Notes = ["/ Canceled"],
        });
    });

    [Theory, EveryFault]
    public Task A_run_that_is_canceled_before_it_is_worked_on_and_resumed_after_all(string fault) => SweepAsync(fault, fewestCalls: 30, play: scenario =>
    {
        var client = scenario.World.Client();
        scenario.Start(client, Letters.InSequenceCall());
        scenario.Cancel(client);
        scenario.World.Start("worker");
        scenario.Ends<RunCanceledException>(client);
        scenario.Withdraw(client);
        Assert.Equal("abcde", scenario.Result(client));
        scenario.Check(s_inSequence with { Ends = [RunStatus.Canceled, RunStatus.Completed], Attempt = 2, Notes = ["/ Cleared"], Epoch = 2 });
    });

    [Theory, EveryFault]
    public Task Two_workers_of_which_one_loses_its_lease_in_the_middle(string fault) => SweepAsync(fault, fewestCalls: 50, play: scenario =>
    {
        var world = scenario.World;
        var gate = new TaskCompletionSource();
        var entered = 0;
        scenario.Witness.Gate = letter => letter == Witness.Long && ++entered == 1 ? gate.Task : null;
        var ownTime = new ManualClock();
        var paused = world.Start("paused", ownTime);
        scenario.Start(paused.Client, Letters.InSequenceCall());
        world.PassUntil(() => entered == 1, "the third body", ownTime);

        // From here on the first worker's time stands still: to the second it is dead.
        var second = world.Start("second");
        world.PassUntil(() => entered == 2, "the third body to be executed again");
        // The late outcome comes while the second worker holds the run, and must not be written for it.
        world.Do(gate.SetResult);
        Assert.Equal("abcde", scenario.Result(second.Client));
        world.Pass(TimeSpan.FromMinutes(1), ownTime);
        world.Stop(second);
        world.Stop(paused, ownTime);
        scenario.Check(s_inSequence with { Executions = new() { ["/Letter[c]"] = 2 }, Epoch = 2 });
    });

    [Theory, EveryFault]
    public Task A_client_that_waits_in_another_process_than_the_worker(string fault) => SweepAsync(fault, fewestCalls: 28, play: scenario =>
    {
        scenario.World.Start("worker");
        var client = scenario.World.Client();
        scenario.Start(client, Letters.InSequenceCall());
        Assert.Equal("abcde", scenario.Result(client));
        scenario.Check(s_inSequence);
    });

    [Theory, EveryFault]
    public Task A_shutdown_in_the_middle_and_a_second_host_that_takes_over(string fault) => SweepAsync(fault, fewestCalls: 24, play: scenario =>
    {
        var world = scenario.World;
        var first = world.Start("first");
        var client = world.Client();
        scenario.Start(client, Letters.InSequenceCall());
        world.PassUntil(() => scenario.Witness.Executions.ContainsKey("/Letter[c]"), "the third body");
        // The body ends within the grace of the shutdown, early enough to store its outcome though that be hard.
        world.Pass(Witness.LongTakes - TimeSpan.FromSeconds(10));
        world.Stop(first);
        world.Start("second");
        Assert.Equal("abcde", scenario.Result(client));
        scenario.Check(s_inSequence with { Epoch = 2 });
    });

    [Theory, EveryFault]
    public Task A_divergence_that_is_set_aside_and_then_accepted(string fault) => SweepAsync(fault, fewestCalls: 18, play: scenario =>
    {
        var host = scenario.World.Start("worker");
        scenario.Start(host.Client, Letters.EditedCall());
        scenario.Ends<RunFailedException>(host.Client);
        scenario.Witness.IsEdited = true;
        scenario.Start(host.Client, Letters.EditedCall(), IfFailed.Resume);
        scenario.Ends<RunQuarantinedException>(host.Client);
        scenario.Accept(host.Client);
        Assert.Equal("axb", scenario.Result(host.Client));
        scenario.Check(new Expected
        {
            Ends = [RunStatus.Failed, RunStatus.Quarantined, RunStatus.Completed],
            Attempt = 3,
            Steps = ["/Letter[a] Completed", "/Letter[b] Cleared", "/Letter[x] Completed", "/Letter[b] Completed"],
            Epoch = 3,
        });
    });

    [Theory, EveryFault]
    public Task A_run_that_is_terminated_purged_and_started_anew(string fault) => SweepAsync(fault, fewestCalls: 20, play: scenario =>
    {
        var world = scenario.World;
        var gate = new TaskCompletionSource();
        scenario.Witness.Gate = letter => letter == Witness.Long && !gate.Task.IsCompleted ? gate.Task : null;
        world.Start("worker");
        var operations = world.Client();
        scenario.Start(operations, Letters.InSequenceCall());
        world.PassUntil(() => scenario.Witness.Executions.ContainsKey("/Letter[c]"), "the third body");
        Assert.True(scenario.IsListed(operations, RunStatus.Running));
        scenario.Terminate(operations);
        scenario.Ends<RunCanceledException>(operations);
        scenario.Purge(operations);
        Assert.False(scenario.IsListed(operations, RunStatus.Canceled));
        scenario.Start(operations, Letters.InSequenceCall());
        world.PassUntil(() => scenario.Witness.Executions["/Letter[c]"] >= 2, "the third body of the second life");
        // The outcome of the first life comes in the midst of the second, which it must not enter.
        world.Do(gate.SetResult);
        Assert.Equal("abcde", scenario.Result(operations));
        scenario.Check(s_inSequence with
        {
            Ends = [RunStatus.Canceled, RunStatus.Completed],
            Executions = new() { ["/Letter[a]"] = 2, ["/Letter[b]"] = 2, ["/Letter[c]"] = 2 },
            Epoch = null,
        });
    });
}
