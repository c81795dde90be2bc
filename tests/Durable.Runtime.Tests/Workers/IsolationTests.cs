using Durable.Runtime.Tests.Failure;
using Durable.Storage;

namespace Durable.Runtime.Tests.Workers;

/// <summary>Runs that processes died of, or may have: they execute alone, one after the other, and the others go on.</summary>
public sealed class IsolationTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);
    private readonly CrashStory _story = new();

    [Fact]
    public void Runs_that_shared_the_process_with_one_that_kills_it_complete_while_that_one_is_quarantined()
    {
        string[] innocent = ["one", "two", "three"];
        _story.Accept("killer");
        foreach (var run in innocent)
            _story.Accept(run);
        var deaths = 0;
        while (_story.Status("killer") != RunStatus.Quarantined && deaths < 50)
        {
            var host = _story.Start();
            // Whoever is beside the one that kills never gets to its end; alone, everybody else does.
            while (_story.Executing.Count > 0 && !_story.Executing.Contains("killer work"))
            {
                foreach (var body in _story.Executing.ToList())
                    _story.Open(body.Split(' ')[0]);
            }

            if (!_story.Executing.Contains("killer work"))
                continue;
            _story.Kill(host);
            deaths++;
        }

        Assert.Equal(RunStatus.Quarantined, _story.Status("killer"));
        Assert.All(innocent, run => Assert.Equal(RunStatus.Completed, _story.Status(run)));
        Assert.All(innocent, run => Assert.InRange(_story.Bodies.Count(body => body == $"{run} work"), 1, 4));
        Assert.Equal(10, _story.Bodies.Count(body => body == "killer work"));
    }

    [Fact]
    public void Twice_taken_over_runs_execute_side_by_side()
    {
        AcceptSuspects(deaths: 2, "one", "two");
        _story.Start();
        Assert.Equal(2, _story.Executing.Count);
    }

    [Fact]
    public void Several_suspects_execute_one_after_the_other()
    {
        AcceptSuspects(deaths: 3, "one", "two", "three");
        _story.Start();
        foreach (var run in (string[])["one", "two", "three"])
        {
            Assert.Equal([$"{run} work"], _story.Executing);
            _story.Open(run);
        }

        Assert.Empty(_story.Executing);
        Assert.Equal(["one work", "two work", "three work"], _story.Bodies);
    }

    [Fact]
    public void Suspects_that_wait_for_their_turn_are_not_held_so_that_a_death_counts_for_one_only()
    {
        AcceptSuspects(deaths: 3, "one", "two", "three");
        var host = _story.Start();
        Assert.Equal([RunStatus.Running, RunStatus.Pending, RunStatus.Pending], Statuses("one", "two", "three"));
        _story.Kill(host);
        _story.Start();
        Assert.Equal([4, 3, 3], new[] { "one", "two", "three" }.Select(_story.Takeovers));
    }

    [Fact]
    public void What_one_process_gives_back_another_executes_alone_at_the_same_time()
    {
        AcceptSuspects(deaths: 3, "one", "two");
        _story.Start();
        Assert.Equal(["one work"], _story.Executing);
        _story.Start(options => options.WorkerName = "second");
        Assert.Equal(["one work", "two work"], _story.Executing);
        Assert.Equal([3, 3], new[] { "one", "two" }.Select(_story.Takeovers));
    }

    [Fact]
    public void Nothing_of_a_run_that_waits_for_its_turn_is_executed_or_read()
    {
        _story.Accept("one", "first second");
        _story.Accept("two", "first second");
        _story.Open("one", "first");
        _story.Open("two", "first");
        _story.Kill(_story.Start());
        _story.Die(2);
        var (codeStarts, reads) = (_story.CodeStarts.Count, Reads());
        _story.Start();
        Assert.Single(_story.CodeStarts.Skip(codeStarts));
        Assert.Equal(reads + 1, Reads());
    }

    [Fact]
    public void While_one_executes_alone_nothing_else_is_claimed()
    {
        AcceptSuspects(deaths: 3, "suspect");
        var host = _story.Start();
        Start(host, "fresh");
        _story.Simulation.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["suspect work"], _story.Executing);
        Assert.Equal(RunStatus.Pending, _story.Status("fresh"));
    }

    [Fact]
    public void Once_it_has_stored_something_the_others_go_on()
    {
        AcceptSuspects(deaths: 3, ["suspect"], "first second");
        var host = _story.Start();
        Start(host, "fresh");
        _story.Open("suspect", "first");
        Assert.Equal(["fresh work", "suspect second"], _story.Executing.Order());
    }

    [Fact]
    public void Once_it_has_failed_the_others_go_on()
    {
        var workflow = TestWorkflow.Define<int>("Order", w => w.RunId == "suspect" ? throw new IOException("down") : w.StepAsync("work", _ => Task.FromResult(1)));
        var simulation = _story.Simulation;
        simulation.Run(() => simulation.Client(workflow).StartAsync(workflow.Call(), "suspect"));
        _story.Die(3);
        simulation.Run(() => simulation.Client(workflow).StartAsync(workflow.Call(), "fresh"));
        simulation.Start(workflow);
        Assert.Equal([RunStatus.Failed, RunStatus.Completed], Statuses("suspect", "fresh"));
    }

    [Fact]
    public void What_the_process_holds_is_given_back_before_a_suspect_executes_and_goes_on_after_it()
    {
        MeetBusyHost("first second");
        Assert.Equal(["busy first"], _story.Executing);
        _story.Open("busy", "first");
        Assert.Equal(["suspect work"], _story.Executing);
        Assert.Equal(RunStatus.Pending, _story.Status("busy"));
        _story.Open("suspect");
        Assert.Equal(["busy second"], _story.Executing);
        _story.Open("busy", "second");
        Assert.Equal(1, _story.Info("busy").Attempt);
        Assert.Equal([RunStatus.Completed, RunStatus.Completed], Statuses("busy", "suspect"));
    }

    [Fact]
    public void While_it_waits_for_others_to_end_its_lease_is_renewed()
    {
        MeetBusyHost(options: options => options.LeaseDuration = TimeSpan.FromSeconds(3));
        _story.Simulation.Advance(TimeSpan.FromSeconds(15));
        _story.Open("busy");
        Assert.Equal(["suspect work"], _story.Executing);
        Assert.Equal(3, _story.Takeovers("suspect"));
    }

    [Fact]
    public void If_others_do_not_end_it_is_put_off_and_they_are_given_more_time_the_next_time()
    {
        var host = MeetBusyHost();
        _story.Simulation.Advance(s_patience);
        Assert.Equal([RunStatus.Running, RunStatus.Suspended], Statuses("busy", "suspect"));
        Start(host, "fresh");
        Assert.Equal(["busy work", "fresh work"], _story.Executing);
        _story.Open("fresh");

        // Tried again after 20 s, and for 40 s.
        _story.Simulation.Advance(s_patience * 2);
        Assert.Equal(RunStatus.Running, _story.Status("suspect"));
        _story.Open("busy");
        Assert.Equal(["suspect work"], _story.Executing);
        Assert.Equal(3, _story.Takeovers("suspect"));
    }

    [Fact]
    public void A_suspect_that_never_ends_holds_up_the_others_no_longer_than_its_time()
    {
        AcceptSuspects(deaths: 3, "suspect");
        var host = _story.Start(options => options.IsolationTime = TimeSpan.FromMinutes(2));
        Start(host, "fresh");
        _story.Simulation.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromMilliseconds(100));
        Assert.Equal(["suspect work"], _story.Executing);
        _story.Simulation.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(["suspect work", "fresh work"], _story.Executing);
    }

    [Fact]
    public void Two_suspects_never_share_the_process_however_long_the_first_takes()
    {
        AcceptSuspects(deaths: 3, "one", "two");
        _story.Start();
        _story.Simulation.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(["one work"], _story.Executing);
        Assert.Equal(RunStatus.Suspended, _story.Status("two"));
        _story.Open("one");
        _story.Simulation.Advance(s_patience + TimeSpan.FromSeconds(2));
        Assert.Equal(["two work"], _story.Executing);
    }

    [Fact]
    public void Below_a_low_limit_a_run_is_tried_alone_before_it_is_set_aside()
    {
        AcceptSuspects(deaths: 1, "one", "two");
        _story.Start(options => options.PoisonLimit = 2);
        Assert.Equal(["one work"], _story.Executing);
    }

    [Fact]
    public void A_shutdown_gives_a_suspect_back_that_waits_for_others()
    {
        var host = MeetBusyHost();
        var stopping = Stop(host);
        Assert.Equal(RunStatus.Pending, _story.Status("suspect"));
        _story.Open("busy");
        Assert.True(stopping.IsCompletedSuccessfully);
        Assert.Equal(3, _story.Takeovers("suspect"));
        Assert.DoesNotContain("suspect work", _story.Bodies);
    }

    [Fact]
    public void A_shutdown_lets_a_run_that_executes_alone_end_its_body()
    {
        AcceptSuspects(deaths: 3, "suspect");
        var stopping = Stop(_story.Start());
        _story.Simulation.Advance(TimeSpan.FromSeconds(10));
        Assert.False(stopping.IsCompleted);
        _story.Open("suspect");
        Assert.True(stopping.IsCompletedSuccessfully);
        Assert.Equal(RunStatus.Completed, _story.Status("suspect"));
    }

    [Fact]
    public void A_suspect_that_is_terminated_while_it_waits_never_executes()
    {
        var host = MeetBusyHost();
        _story.Simulation.Run(() => host.Client.GetRun("suspect").TerminateAsync("enough"));
        _story.Open("busy");
        Start(host, "fresh");
        Assert.Equal(["fresh work"], _story.Executing);
        Assert.DoesNotContain("suspect work", _story.Bodies);
    }

    [Fact]
    public void Suspects_are_claimed_one_by_one_once_it_is_known_that_several_wait()
    {
        string[] runs = [.. Enumerable.Range(1, 8).Select(number => $"run-{number}")];
        AcceptSuspects(deaths: 3, runs);
        var max = new List<int>();
        _story.Simulation.Store.Before = (verb, request) =>
        {
            if (request is ClaimRequest claim)
                max.Add(claim.Max);
            return Task.CompletedTask;
        };
        _story.Start();
        foreach (var run in runs)
            _story.Open(run);
        Assert.Equal([64, 1, 1, 1, 1, 1, 1, 1], max.SkipLast(1));
        Assert.InRange(max[^1], 63, 64);
    }

    [Fact]
    public void Each_turn_is_logged()
    {
        MeetBusyHost();
        _story.Simulation.Advance(s_patience);
        _story.Open("busy");
        _story.Simulation.Advance(s_patience);
        _story.Open("suspect");
        Assert.Equal([1005, 1006, 1010, 1005, 1007, 1008], _story.Simulation.Logs.Lines.Select(line => line.Id).Where(id => id is > 1004 and < 1100));
    }

    // The lease of the last process that died of it passes while a host executes something else.
    private DurableHost MeetBusyHost(string steps = "work", Action<DurableOptions>? options = null)
    {
        var lease = TimeSpan.FromSeconds(5);
        _story.Accept("suspect");
        _story.Die(3, lease);
        var host = _story.Start(options);
        Start(host, "busy", steps);
        _story.Simulation.Advance(lease + TimeSpan.FromMilliseconds(100));
        return host;
    }

    private void AcceptSuspects(int deaths, params string[] runs) => AcceptSuspects(deaths, runs, "work");

    private void AcceptSuspects(int deaths, string[] runs, string steps)
    {
        foreach (var run in runs)
            _story.Accept(run, steps);
        _story.Die(deaths);
    }

    private void Start(DurableHost host, string runId, string steps = "work") => _story.Simulation.Run(() => host.Client.StartAsync(_story.Workflow.Call(steps), runId));

    private Task<bool> Stop(DurableHost host) => _story.Simulation.Begin(async () =>
    {
        await host.DisposeAsync();
        return true;
    });

    private int Reads() => _story.Simulation.Store.Verbs.Count(verb => verb == nameof(IRunStore.ReadCheckpointsAsync));

    private IEnumerable<RunStatus> Statuses(params string[] runs) => runs.Select(_story.Status);
}
