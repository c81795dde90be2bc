using Durable.CompilerServices;
using Durable.Storage;

namespace Durable.Runtime.Tests.Failure;

/// <summary>Runs whose processes die while they hold them: counted, and set aside at the limit.</summary>
public sealed class PoisonTests
{
    private readonly CrashStory _story = new();

    [Fact]
    public void A_run_that_kills_its_process_each_time_is_quarantined_at_the_limit()
    {
        _story.Accept("killer");
        for (var time = 0; time < 10; time++)
            _story.Kill(_story.Start());
        _story.Start();
        Assert.Equal(RunStatus.Quarantined, _story.Status("killer"));
        Assert.Equal(10, _story.Bodies.Count);
    }

    [Fact]
    public void The_limit_is_an_option()
    {
        _story.Accept("killer");
        _story.Die(4);
        _story.Start(options => options.PoisonLimit = 4);
        Assert.Equal(RunStatus.Quarantined, _story.Status("killer"));
    }

    [Fact]
    public void Below_the_limit_a_run_executes()
    {
        _story.Accept("killer");
        _story.Die(9);
        _story.Start();
        Assert.Equal(["killer work"], _story.Executing);
    }

    [Fact]
    public void A_run_at_the_limit_is_set_aside_without_its_code_being_run()
    {
        _story.Accept("killer");
        _story.Die(10);
        _story.Start();
        Assert.Empty(_story.CodeStarts);
    }

    [Fact]
    public void The_error_says_what_happened_how_often_where_and_what_to_do()
    {
        _story.Accept("killer", "first second");
        _story.Open("killer", "first");
        _story.Kill(_story.Start());
        _story.Die(9);
        _story.Start();
        Assert.Equal(
            """
            10 times in a row the process that executed the run died, or lost it, before it had stored anything of it (DurableOptions.PoisonLimit is 10). It is not executed again.
              last stored: /first (sequence 1); what ends the process comes after it
              To go on: find out what ended the process (its exit code, its last output, a crash dump, the memory of the machine), fix the code or the machine, and call ResumeAsync(): the run executes again, and counting starts anew.
            """.ReplaceLineEndings("\n"),
            _story.Info("killer").Error!.Message);
    }

    [Fact]
    public void The_error_names_what_had_begun_where_that_is_noted()
    {
        var started = new CheckpointRecord
        {
            Sequence = 2,
            StepId = "/Charge",
            Kind = CheckpointKind.StepStarted,
            Status = CheckpointStatus.Completed,
            Attempt = 1,
            Epoch = 1,
            Fingerprint = 0,
            BuildId = "build-1",
            StartedAt = default,
            CompletedAt = default,
        };
        var ended = started with { Sequence = 1, StepId = "/Notify" };
        var run = new RunRecord { RunId = "run", Workflow = new("Order", 1), Status = RunStatus.Running, Epoch = 1, Attempt = 1, Takeovers = 10, Input = default, Fingerprint = 0, LastSequence = 2, CreatedAt = default };
        var message = Durable.Execution.Poison.Message(run, 10, [ended, started, ended with { Sequence = 3, Kind = CheckpointKind.Step }]);
        Assert.Contains("\n  begun and not ended: /Charge (sequence 2)\n", message);
    }

    [Fact]
    public void A_run_that_kills_even_while_it_is_set_aside_is_not_read_the_next_time()
    {
        _story.Accept("killer", "first second");
        _story.Open("killer", "first");
        _story.Kill(_story.Start());
        _story.Die(10);
        var read = _story.Simulation.Store.Verbs.Count(verb => verb == nameof(IRunStore.ReadCheckpointsAsync));
        _story.Start();
        Assert.Equal(RunStatus.Quarantined, _story.Status("killer"));
        Assert.Equal(read, _story.Simulation.Store.Verbs.Count(verb => verb == nameof(IRunStore.ReadCheckpointsAsync)));
    }

    [Fact]
    public void Whatever_is_stored_sets_the_count_back()
    {
        _story.Accept("order", "first second third");
        foreach (var step in (string[])["first", "second", "third"])
        {
            for (var time = 0; time < 2; time++)
                _story.Kill(_story.Start(options => options.PoisonLimit = 4));
            _story.Open("order", step);
        }

        _story.Start(options => options.PoisonLimit = 4);
        Assert.Equal(RunStatus.Completed, _story.Status("order"));
    }

    [Fact]
    public void A_resume_lets_the_run_execute_again_and_counts_anew()
    {
        _story.Accept("killer");
        _story.Die(10);
        var host = _story.Start();
        _story.Simulation.Run(() => host.Client.GetRun("killer").ResumeAsync());
        Assert.Equal(["killer work"], _story.Executing);
        Assert.Equal(0, _story.Takeovers("killer"));
        _story.Kill(host);
        _story.Start();
        Assert.Equal(["killer work"], _story.Executing);
        _story.Open("killer");
        Assert.Equal(RunStatus.Completed, _story.Status("killer"));
    }

    [Fact]
    public void Graceful_shutdowns_never_count()
    {
        _story.Accept("order");
        for (var time = 0; time < 5; time++)
        {
            var host = _story.Start(options => options.PoisonLimit = 2);
            var stopping = _story.Simulation.Begin(async () =>
            {
                await host.DisposeAsync();
                return true;
            });
            _story.Simulation.Advance(TimeSpan.FromSeconds(21));
            Assert.True(stopping.IsCompletedSuccessfully);
        }

        _story.Start(options => options.PoisonLimit = 2);
        Assert.Equal(["order work"], _story.Executing);
        Assert.Equal(0, _story.Takeovers("order"));
    }

    [Fact]
    public void Runs_that_wait_out_of_memory_do_not_count()
    {
        var tried = 0;
        var step = TestStep.Define<string, string>("Flaky", (_, _) => ++tried == 1 ? throw new IOException("down") : Task.FromResult("done"), new RetryPolicy { InitialDelay = TimeSpan.FromHours(1), Jitter = Jitter.None });
        var workflow = TestWorkflow.Define("Patient", async _ => await step.CallAsync("x"), isSequential: true, awaitsOnlyDurableWork: true);
        var simulation = _story.Simulation;
        simulation.Run(() => simulation.Client(workflow).StartAsync(workflow.Call(), "patient"));
        for (var time = 0; time < 3; time++)
        {
            var host = simulation.Start(workflow, options => options.PoisonLimit = 2);
            simulation.Kill(host);
            simulation.PassLeases();
        }

        simulation.Start(workflow, options => options.PoisonLimit = 2);
        Assert.Equal(0, _story.Takeovers("patient"));
        simulation.Clock.Advance(TimeSpan.FromHours(1));
        simulation.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(RunStatus.Completed, simulation.Run(() => simulation.Client(workflow).GetRun("patient").GetStatusAsync()));
    }

    [Fact]
    public async Task Whoever_debugs_may_watch_the_run_that_kills()
    {
        var workflow = TestWorkflow.Define("Order", w => w.StepAsync("work", _ => Task.FromResult(1)));
        var rig = new RunRig<int>(workflow) { IsDebugged = true };
        for (var time = 0; time < 20; time++)
            rig.Claim();
        await rig.DriveAsync();
        Assert.Equal(RunStatus.Completed, await rig.StatusAsync());
        Assert.False(Durable.Execution.Poison.IsSuspected(rig.Engine, await rig.FindAsync() with { Takeovers = 5 }));
    }

    [Fact]
    public void What_happened_is_logged()
    {
        _story.Accept("killer");
        _story.Die(10);
        _story.Start();
        Assert.Contains("taken over 10 time(s) in a row", Assert.Single(_story.Simulation.Logs.Of(1005)).Text);
        Assert.Contains("10 times in a row", Assert.Single(_story.Simulation.Logs.Of(1103)).Text);
    }
}
