using Durable.Storage;

namespace Durable.Runtime.Tests.Client;

/// <summary>Callers that block a thread with a synchronization context, as desktop code and old web code do.</summary>
public sealed class BlockingCallerTests
{
    [Fact]
    public void A_caller_that_blocks_its_context_can_start_wait_and_stop() => new BlockedContext().Run(caller =>
    {
        var workflow = TestWorkflow.Define("Add", async (w, input) => await w.StepAsync("add", async _ =>
        {
            await Task.Yield();
            return input + "1";
        }));
        var host = caller.Block(DurableHost.StartAsync(durable => durable.UseInMemory().Add(workflow)));
        var run = caller.Block(host.Client.StartAsync(workflow.Call("x"), "run"));
        Assert.Equal("x1", caller.Block(run.GetResultAsync()));
        Assert.Equal(RunStatus.Completed, caller.Block(run.GetStatusAsync()));
        Assert.Equal("/add", Assert.Single(caller.Block(run.GetCheckpointsAsync())).StepId);
        Assert.Equal("x1", caller.Block(host.Client.RunAsync(workflow.Call("x"), "run")));
        Assert.Equal("run", caller.Block(run.GetInfoAsync()).RunId);
        caller.Block(host.DisposeAsync().AsTask());
    });

    [Fact]
    public void A_store_that_answers_late_does_not_need_the_callers_context() => new BlockedContext().Run(caller =>
    {
        var workflow = TestWorkflow.Define("Plain", _ => Task.FromResult("done"));
        var store = new HookedStore(new InMemoryStore(TimeProvider.System)) { Before = static async (_, _) => await Task.Yield(), After = static async (_, _) => await Task.Yield() };
        var host = caller.Block(DurableHost.StartAsync(durable => durable.UseStore(_ => store).Add(workflow)));
        Assert.Equal("done", caller.Block(host.Client.RunAsync(workflow.Call(), "run")));
        caller.Block(host.DisposeAsync().AsTask());
    });

    /// <summary>A context whose only thread is blocked: what is posted to it never runs.</summary>
    private sealed class BlockedContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) { }

        public void Run(Action<BlockedContext> act)
        {
            var before = Current;
            SetSynchronizationContext(this);
            try
            {
                act(this);
            }
            finally
            {
                SetSynchronizationContext(before);
            }
        }

        public T Block<T>(Task<T> task)
        {
            Block((Task)task);
            return task.GetAwaiter().GetResult();
        }

        public void Block(Task task) => Assert.True(task.Wait(TimeSpan.FromSeconds(30)), "The call needs the caller's context, which is blocked.");
    }
}
