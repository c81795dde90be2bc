using Durable.CompilerServices;
using Durable.Execution;
using Durable.Storage;
using Durable.Workers;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Runtime.Tests.Hosting;

/// <summary>A shutdown whose grace has passed: what becomes of the steps whose bodies are canceled, or do not even end then. No attempt is used up, except of a body that runs at most once.</summary>
public sealed class LeftBodiesTests
{
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(1);
    private readonly EngineSimulation _simulation = new();
    private readonly TaskCompletionSource<string> _open = new();
    private readonly List<string> _bodies = [];

    [Fact]
    public void A_body_that_answers_the_cancellation_with_an_error_of_its_own_uses_up_no_attempt()
    {
        var workflow = Order(Step("Query", async context =>
        {
            try
            {
                return await UntilCanceled(context.CancellationToken);
            }
            catch (OperationCanceledException)
            {
                throw new IOException("The operation was aborted.");
            }
        }));
        StopAfterGrace(workflow);
        Assert.Equal((RunStatus.Pending, 1), (Info().Status, Info().Attempt));
        Assert.Empty(Checkpoints());
    }

    [Fact]
    public void A_body_that_runs_at_most_once_and_answers_with_an_error_of_its_own_failed_with_that()
    {
        var workflow = Order(Step("Charge", async context =>
        {
            try
            {
                return await UntilCanceled(context.CancellationToken);
            }
            catch (OperationCanceledException)
            {
                throw new IOException("The operation was aborted.");
            }
        }, StepMode.AtMostOnce));
        StopAfterGrace(workflow);
        Assert.Equal((RunStatus.Pending, CheckpointStatus.Failed), (Info().Status, Checkpoints()[^1].Status));
    }

    [Theory]
    [InlineData(StepMode.AtLeastOnce)]
    [InlineData(StepMode.AtMostOncePerAttempt)]
    public void Failed_attempts_keep_their_number_over_a_shutdown_within_the_next_one(StepMode mode)
    {
        var retry = new RetryPolicy { MaxAttempts = 10, InitialDelay = TimeSpan.FromMilliseconds(100), Jitter = Jitter.None };
        var workflow = Order(Step("Charge", context => context.Attempt == 1 ? throw new IOException("down") : context.Attempt == 2 ? _open.Task : Task.FromResult("done"), mode, retry));
        StopAfterGrace(workflow, TimeSpan.FromSeconds(1), s_moment);
        Assert.Equal((RunStatus.Pending, 1), (Info().Status, Info().Attempt));
        if (mode == StepMode.AtLeastOnce)
            _open.SetResult("done");
        Assert.Equal("done", Complete(workflow));
        // An attempt that runs at most once and had begun counts as interrupted.
        Assert.Equal(mode == StepMode.AtLeastOnce ? ["Charge 1", "Charge 2", "Charge 2"] : ["Charge 1", "Charge 2", "Charge 3"], _bodies);
    }

    [Fact]
    public void A_body_that_runs_at_most_once_and_is_let_go_counts_as_interrupted()
    {
        var workflow = Order(Step("Charge", _ => _open.Task, StepMode.AtMostOnce));
        StopAfterGrace(workflow, left: s_moment);
        Assert.Equal(RunStatus.Pending, Info().Status);
        var host = _simulation.Start(workflow);
        var failed = Assert.Throws<RunFailedException>(() => _simulation.Run(() => host.Client.GetRun("run").GetResultAsync()));
        Assert.True(failed.IsCausedBy<StepInterruptedException>());
        Assert.Equal(["Charge 1"], _bodies);
    }

    [Fact]
    public void A_run_whose_body_is_cut_off_is_not_suspended_for_the_retry_of_another_step()
    {
        var retry = new RetryPolicy { InitialDelay = TimeSpan.FromHours(1), Jitter = Jitter.None };
        var flaky = Step("Flaky", context => context.Attempt == 1 ? throw new IOException("down") : Task.FromResult("flaky"), retry: retry);
        var slow = Step("Slow", context => UntilCanceled(context.CancellationToken));
        var workflow = TestWorkflow.Define("Order", async _ => string.Join(' ', await Task.WhenAll(flaky.CallAsync("x"), slow.CallAsync("x"))), awaitsOnlyDurableWork: true);
        StopAfterGrace(workflow);
        Assert.Equal(RunStatus.Pending, Info().Status);
        _simulation.Start(workflow);
        Assert.Equal(["Flaky 1", "Slow 1", "Slow 1"], _bodies);
    }

    [Fact]
    public void A_run_that_only_waits_for_a_retry_is_suspended_for_what_is_left()
    {
        var retry = new RetryPolicy { InitialDelay = TimeSpan.FromSeconds(8), Jitter = Jitter.None };
        var workflow = Order(Step("Flaky", context => context.Attempt == 1 ? throw new IOException("down") : Task.FromResult("done"), retry: retry));
        var host = Start(workflow);
        _simulation.Advance(TimeSpan.FromSeconds(3));
        Assert.True(Stop(host).IsCompletedSuccessfully);
        var next = _simulation.Start(workflow);
        _simulation.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(RunStatus.Suspended, Info().Status);
        _simulation.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("done", _simulation.Run(() => next.Client.GetRun<string>("run").GetResultAsync()));
        Assert.Equal(["Flaky 1", "Flaky 2"], _bodies);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Code_that_left_the_context_of_its_run_and_ends_in_a_shutdown_has_not_ended_the_run(bool throws)
    {
        var canceled = new TaskCompletionSource();
        var workflow = TestWorkflow.Define("Order", async w =>
        {
            _ = w.StepAsync("slow", _ => _open.Task);
            await canceled.Task.ConfigureAwait(false);
            return throws ? throw new IOException("The operation was aborted.") : "half";
        });
        var scheduler = new NewestFirst();
        var rig = new RunRig<string>(workflow, scheduler, isUndisturbed: true);
        var incarnation = rig.Claim();
        var end = rig.DriveAsync(incarnation);
        scheduler.RunAll();
        incarnation.Drain();
        incarnation.CancelBodies();
        SetHere(canceled);
        scheduler.RunAll();
        Assert.False(end.IsCompleted);
        incarnation.LeaveBodies();
        scheduler.RunAll();
        Assert.Equal((RunEnd.Released, RunStatus.Pending), (await end, await rig.StatusAsync()));
    }

    [Fact]
    public void A_shutdown_while_a_commit_is_unknown_reads_it_back_first()
    {
        var workflow = Order(Step("First", _ => Task.FromResult("one")), Step("Second", _ => Task.FromResult("two")));
        _simulation.Store.FailAfter(nameof(IRunStore.CommitAsync));
        var stopping = Stop(Start(workflow));
        Assert.False(stopping.IsCompleted);
        _simulation.Advance(TimeSpan.FromMilliseconds(100));
        Assert.True(stopping.IsCompletedSuccessfully);
        Assert.Equal(RunStatus.Pending, Info().Status);
        Complete(workflow);
        Assert.Equal(["First 1", "Second 1"], _bodies);
    }

    [Fact]
    public void A_store_that_hangs_when_runs_are_given_back_holds_up_the_shutdown_only_a_moment_more()
    {
        _simulation.Store.Before = (verb, _) => verb == nameof(IRunStore.CommitAsync) ? new TaskCompletionSource().Task : Task.CompletedTask;
        var stopping = Stop(Start(Order(Step("Slow", _ => _open.Task))));
        _simulation.Advance(s_grace + s_moment);
        Assert.False(stopping.IsCompleted);
        _simulation.Advance(s_moment);
        Assert.True(stopping.IsCompletedSuccessfully);
        Assert.Contains("could not give it back", Assert.Single(_simulation.Logs.Of(1104)).Text);
    }

    [Fact]
    public void A_host_that_does_not_wait_for_the_grace_still_gives_its_runs_back()
    {
        var host = Start(Order(Step("Slow", _ => _open.Task)));
        var worker = host.Services.GetRequiredService<Worker>();
        _simulation.Run(async () =>
        {
            await worker.DrainAsync(new CancellationToken(canceled: true));
            await worker.StopAsync(new CancellationToken(canceled: true));
        });
        Assert.Equal(RunStatus.Pending, Info().Status);
    }

    [Fact]
    public async Task A_body_that_runs_at_most_once_and_waits_for_a_thread_has_not_begun()
    {
        var step = Step("Charge", _ => Task.FromResult("done"), StepMode.AtMostOnce);
        var scheduler = new NewestFirst();
        var rig = new RunRig<string>(Order(step), scheduler, isUndisturbed: true);
        var incarnation = rig.Claim();
        var end = rig.DriveAsync(incarnation);
        while (rig.Store.Commits.Count == 0)
            scheduler.RunOne();
        incarnation.Drain();
        incarnation.CancelBodies();
        incarnation.LeaveBodies();
        scheduler.RunAll();
        Assert.Equal(RunEnd.Released, await end);
        Assert.Empty(_bodies);
        var next = rig.DriveAsync();
        scheduler.RunAll();
        Assert.Equal(RunEnd.Ended, await next);
        Assert.Equal("done", await rig.ResultAsync());
    }

    private StepDefinition<TestStep.Arguments<string>, string> Step(string name, Func<StepContext, Task<string>> body, StepMode mode = StepMode.AtLeastOnce, RetryPolicy? retry = null)
        => TestStep.Define<string, string>(name, (_, context) =>
        {
            _bodies.Add($"{name} {context.Attempt}");
            return body(context);
        }, retry, mode);

    private static WorkflowDefinition<TestWorkflow.Input, string> Order(params StepDefinition<TestStep.Arguments<string>, string>[] steps) => TestWorkflow.Define(
        "Order",
        async _ =>
        {
            var last = "";
            foreach (var step in steps)
                last = await step.CallAsync("x");
            return last;
        },
        isSequential: true,
        awaitsOnlyDurableWork: true);

    private DurableHost Start(WorkflowDefinition<TestWorkflow.Input, string> workflow)
    {
        var host = _simulation.Start(workflow);
        _simulation.Run(() => host.Client.StartAsync(workflow.Call(), "run"));
        return host;
    }

    private Task<bool> Stop(DurableHost host) => _simulation.Begin(async () =>
    {
        await host.DisposeAsync();
        return true;
    });

    // Starts the run, lets some time pass, and shuts its host down, until the grace and perhaps more has passed.
    private void StopAfterGrace(WorkflowDefinition<TestWorkflow.Input, string> workflow, TimeSpan before = default, TimeSpan left = default)
    {
        var host = Start(workflow);
        _simulation.Advance(before);
        var stopping = Stop(host);
        _simulation.Advance(s_grace + left);
        Assert.True(stopping.IsCompletedSuccessfully);
    }

    private string Complete(WorkflowDefinition<TestWorkflow.Input, string> workflow)
    {
        var host = _simulation.Start(workflow);
        _simulation.Advance(TimeSpan.FromSeconds(1));
        return _simulation.Run(() => host.Client.GetRun<string>("run").GetResultAsync());
    }

    private static Task<string> UntilCanceled(CancellationToken cancellationToken)
    {
        var canceled = new TaskCompletionSource<string>();
        cancellationToken.Register(() => canceled.TrySetCanceled(cancellationToken));
        return canceled.Task;
    }

    // What awaits it without a context goes on within this call.
    private static void SetHere(TaskCompletionSource source)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        source.SetResult();
        SynchronizationContext.SetSynchronizationContext(context);
    }

    private RunInfo Info() => _simulation.Run(() => _simulation.Client().GetRun("run").GetInfoAsync());

    private IReadOnlyList<Checkpoint> Checkpoints() => _simulation.Run(() => _simulation.Client().GetRun("run").GetCheckpointsAsync());

    /// <summary>Runs what was queued last first, one at a time.</summary>
    private sealed class NewestFirst : TaskScheduler
    {
        private readonly Stack<Task> _queued = new();

        public bool RunOne() => _queued.TryPop(out var task) && TryExecuteTask(task);

        public void RunAll()
        {
            while (_queued.Count > 0)
                RunOne();
        }

        protected override void QueueTask(Task task) => _queued.Push(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

        protected override IEnumerable<Task> GetScheduledTasks() => _queued;
    }
}
