namespace Durable.Runtime.Tests.Waiting;

/// <summary>Waits in the branches of a map.</summary>
public sealed class BranchWaitTests : WaitingTests
{
    [Fact]
    public void Branches_sleep_beside_each_other()
    {
        var run = Start(async w => (await w.MapAsync([1, 2, 3], n => $"{n}", async (branch, n) =>
        {
            await branch.SleepAsync(TimeSpan.FromHours(n));
            return n;
        })).Results.Sum());
        Advance(TimeSpan.FromHours(3));
        Assert.Equal(6, Result(run));
    }

    [Theory]
    [InlineData("sleep")]
    [InlineData("signal")]
    [InlineData("request")]
    public void An_abandoned_branch_waits_for_nothing_any_more(string what)
    {
        var run = Start(async w =>
        {
            var outcome = await w.MapAsync([0, 1], n => $"{n}", async (branch, n) =>
            {
                if (n == 0)
                    await branch.SleepAsync(TimeSpan.FromMinutes(1));
                else
                    await WaitAsync(branch, what);
                return n;
            }, new MapOptions { MinSuccessful = 1 });
            return outcome.Items[1].Status;
        });
        Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(BranchStatus.Abandoned, Result(run));
    }

    [Fact]
    public void A_request_of_an_abandoned_branch_is_no_longer_asked()
    {
        var run = Start(async w =>
        {
            await w.MapAsync([0, 1], n => $"{n}", async (branch, n) =>
            {
                if (n == 0)
                    await branch.SleepAsync(TimeSpan.FromMinutes(1));
                else
                    await WaitAsync(branch, "request");
                return n;
            }, new MapOptions { MinSuccessful = 1 });
            await StepAsync("After");
            await w.SleepAsync(TimeSpan.FromHours(1));
            return "";
        });
        var client = Simulation.Client(Define(_ => Task.FromResult("")));
        Assert.Single(Simulation.Run(() => client.ListRequestsAsync()));
        Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RunStatus.Suspended, Info(run).Status);
        Assert.Empty(Simulation.Run(() => client.ListRequestsAsync()));
    }

    private static Task WaitAsync(WorkflowContext branch, string what) => what switch
    {
        "sleep" => branch.SleepAsync(TimeSpan.FromDays(1)),
        "signal" => branch.WaitForSignalAsync<string>("approved"),
        _ => branch.RequestAsync<string, string>("approve", "?"),
    };
}
