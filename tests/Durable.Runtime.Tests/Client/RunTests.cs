namespace Durable.Runtime.Tests.Client;

/// <summary>A run from its start to its end, on the machine's own threads.</summary>
public sealed class RunTests
{
    [Fact]
    public async Task A_run_of_three_steps_completes_with_its_result()
    {
        var workflow = TestWorkflow.Define("Three", async w =>
        {
            var a = await w.StepAsync("a", _ => Task.FromResult(1));
            var b = await w.StepAsync("b", _ => Task.FromResult(a + 1));
            return await w.StepAsync("c", async _ => { await Task.Yield(); return b + 1; });
        });
        await using var host = await DurableHost.StartAsync(d => d.UseInMemory().Add(workflow));
        var run = await host.Client.StartAsync(workflow.Call(), "run-1");
        Assert.Equal(3, await run.GetResultAsync());
        Assert.Equal(["/a", "/b", "/c"], (await run.GetCheckpointsAsync()).Select(c => c.StepId));
    }

    [Fact]
    public async Task Resume_runs_what_failed_again_and_nothing_that_completed()
    {
        var bodies = new List<string>();
        var fail = true;
        var workflow = TestWorkflow.Define("Batch", async w =>
        {
            for (var i = 0; i < 5; i++)
                await w.StepAsync("item", $"{i}", _ =>
                {
                    lock (bodies)
                        bodies.Add($"{i}");
                    return i == 2 && fail ? throw new InvalidOperationException("first contact") : Task.FromResult(i);
                });
            return 5;
        });
        await using var host = await DurableHost.StartAsync(d => d.UseInMemory().Add(workflow));
        var run = await host.Client.StartAsync(workflow.Call(), "run-1");
        var failure = await Assert.ThrowsAsync<RunFailedException>(() => run.GetResultAsync());
        Assert.True(failure.IsCausedBy<InvalidOperationException>());
        fail = false;
        await run.ResumeAsync();
        Assert.Equal(5, await run.GetResultAsync());
        Assert.Equal(["0", "1", "2", "2", "3", "4"], bodies);
    }
}
