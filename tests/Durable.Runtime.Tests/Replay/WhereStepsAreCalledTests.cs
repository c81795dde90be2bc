namespace Durable.Runtime.Tests.Replay;

/// <summary>Calls of steps from places other than workflow code on its run's context.</summary>
public sealed class WhereStepsAreCalledTests : SimulatedRunTests
{
    private readonly TextStep<int> _step = TextStep<int>.Define("inner", (_, _) => Task.FromResult(1));

    [Fact]
    public async Task A_step_outside_a_run_is_an_ordinary_call()
    {
        StepContext context = null!;
        var step = TextStep<string>.Define("a", (value, given) =>
        {
            context = given;
            return Task.FromResult(value + value);
        });
        Assert.Equal("xx", await step.CallAsync("x"));
        Assert.Equal("", context.RunId);
        Assert.Equal("", context.StepId);
        Assert.NotEqual(Guid.Empty, context.IdempotencyToken);
        Assert.Equal(context.IdempotencyToken, context.IdempotencyToken);
    }

    [Fact]
    public async Task The_exception_of_a_step_outside_a_run_is_its_own()
    {
        var step = TextStep<int>.Define("a", (_, _) => throw new FormatException("on purpose"));
        await Assert.ThrowsAsync<FormatException>(() => step.CallAsync());
    }

    [Fact]
    public async Task A_step_inside_a_body_throws() => await NestedAsync(_ => _step.CallAsync());

    [Fact]
    public async Task An_inline_step_inside_a_body_throws() => await NestedAsync(w => w.StepAsync("inner", One));

    [Fact]
    public async Task A_scope_inside_a_body_throws() => await NestedAsync(w => w.ScopeAsync("inner", _ => Task.FromResult(1)));

    [Fact]
    public async Task A_step_after_ConfigureAwait_false_quarantines_before_its_body_starts()
        => await OffContextAsync("Step 'b' was called off the run's context", async (w, body) =>
        {
            await w.StepAsync("a", One).ConfigureAwait(false);
            await w.StepAsync("b", body);
        });

    [Fact]
    public async Task A_declared_step_after_ConfigureAwait_false_quarantines()
        => await OffContextAsync("Step 'inner' was called off the run's context", async (w, _) =>
        {
            await w.StepAsync("a", One).ConfigureAwait(false);
            await _step.CallAsync();
        });

    [Fact]
    public async Task A_step_inside_Task_Run_quarantines_before_its_body_starts()
        => await OffContextAsync("Step 'b' was called off the run's context", async (w, body) => await Task.Run(() => w.StepAsync("b", body)));

    [Fact]
    public async Task A_scope_off_the_context_quarantines()
        => await OffContextAsync("Scope 's' was called off the run's context", async (w, body) => await Task.Run(() => w.ScopeAsync("s", inner => inner.StepAsync("b", body))));

    [Fact]
    public async Task NewGuid_off_the_context_quarantines()
        => await OffContextAsync("NewGuid() was called off the run's context", async (w, _) => await Task.Run(w.NewGuid));

    [Fact]
    public async Task Random_off_the_context_quarantines()
        => await OffContextAsync("Random was called off the run's context", async (w, _) => await Task.Run(() => w.Random.Next()));

    [Fact]
    public async Task Patched_off_the_context_quarantines()
        => await OffContextAsync("Patched(\"audit\") was called off the run's context", async (w, _) => await Task.Run(() => w.Patched("audit")));

    private async Task NestedAsync(Func<WorkflowContext, Task<int>> call)
    {
        var rig = Rig(w => w.StepAsync("outer", _ => call(w)));
        Drive(rig);
        Assert.Equal(RunStatus.Failed, await rig.StatusAsync());
        var error = await rig.ErrorAsync();
        Assert.True(error.IsCausedBy<NestedStepException>());
        Assert.Contains("'inner' was called inside the body of step '/outer'", error.Message);
        Assert.DoesNotContain("innerCore", error.Message);
    }

    private static async Task OffContextAsync(string message, Func<WorkflowContext, Func<CancellationToken, Task<int>>, Task> code)
    {
        var started = false;
        var rig = new RunRig<int>(TestWorkflow.Define("W", async w =>
        {
            await code(w, _ =>
            {
                started = true;
                return Task.FromResult(1);
            });
            // Whatever the call returned, the code does not come to its end before the run is set aside.
            return await new TaskCompletionSource<int>().Task;
        }));
        Assert.Equal(Execution.RunEnd.Ended, await rig.DriveAsync().WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(RunStatus.Quarantined, await rig.StatusAsync());
        Assert.Contains(message, (await rig.ErrorAsync()).Message);
        Assert.False(started);
    }
}
