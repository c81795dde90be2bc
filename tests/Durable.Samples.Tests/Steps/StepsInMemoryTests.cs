using System.Text;
using global::Steps;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Samples.Tests.Steps;

/// <summary>How workflows are tested: in memory, by their results and by the history of their steps.</summary>
public sealed class StepsInMemoryTests
{
    [Fact]
    public async Task Two_numbers_are_added_by_one_step()
    {
        await using var durable = await DurableHost.StartAsync(host => host.UseInMemory().AddWorkflows());
        var run = await durable.Client.StartAsync(FirstStep.AddCall(5, 3), "sum");

        Assert.Equal(8, await run.GetResultAsync());

        var step = Assert.Single(await run.GetCheckpointsAsync());
        Assert.Equal(("AddNumbers", CheckpointStatus.Completed, "8"), (step.Name, step.Status, Encoding.UTF8.GetString(step.Result.Span)));
    }

    [Fact]
    public async Task A_step_that_failed_twice_succeeds_in_its_third_attempt()
    {
        await using var durable = await DurableHost.StartAsync(host => host.UseInMemory().AddWorkflows());
        var run = await durable.Client.StartAsync(ChosenErrors.LookUpBothCall(), "accounts");
        await run.GetResultAsync();

        var outcome = Assert.Single(await run.GetCheckpointsAsync(), checkpoint => checkpoint is { Key: "known", Kind: CheckpointKind.Step });
        Assert.Equal((CheckpointStatus.Completed, 3), (outcome.Status, outcome.Attempt));
    }

    [Fact]
    public async Task A_failure_that_nobody_catches_is_the_failure_of_the_run()
    {
        await using var durable = await DurableHost.StartAsync(host => host.UseInMemory().AddWorkflows().Services.AddSingleton(new Notebook("there is no such file")));

        var failure = await Assert.ThrowsAsync<RunFailedException>(() => durable.Client.RunAsync(FailedRun.PublishCall(), "letter"));

        Assert.True(failure.IsCausedBy<IOException>());
    }
}
