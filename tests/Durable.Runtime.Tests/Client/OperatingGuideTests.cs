namespace Durable.Runtime.Tests.Client;

/// <summary>The code in docs/guide/operating.md does what stands there.</summary>
public sealed class OperatingGuideTests : IAsyncLifetime
{
    private static readonly CompilerServices.WorkflowDefinition<TestWorkflow.Input, string> s_order = TestWorkflow.Define("OrderWorkflow.ProcessOrder", async (w, input) =>
        await w.StepAsync("charge", _ => input == "fail" ? throw new InvalidOperationException("card refused") : Task.FromResult(input)));

    private static readonly CompilerServices.WorkflowDefinition<TestWorkflow.Input, string> s_payout = TestWorkflow.Define("PayoutWorkflow.PayOut", async (w, input) =>
    {
        // As after a crash: begun, and nobody knows what became of it.
        var paid = await w.StepAsync("PayOut", null, new StepOptions { Mode = StepMode.AtMostOnce }, (_, _) => Task.FromException<string>(new TimeoutException("no answer")));
        return $"{paid} {await w.StepAsync("Mail", _ => Task.FromResult("mailed"))}";
    });

    private DurableHost _host = null!;

    public async Task InitializeAsync()
        => _host = await DurableHost.StartAsync(durable => durable.UseInMemory().AddModule(new TestModule(s_order, s_payout)));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Failures_are_printed()
    {
        await Assert.ThrowsAsync<RunFailedException>(() => _host.Client.RunAsync(s_order.Call("fail"), "order-1"));
        var output = new StringWriter();
        await PrintFailuresAsync(_host.Client, DateTimeOffset.MinValue, output);
        Assert.StartsWith("order-1: ", output.ToString());
    }

    [Fact]
    public async Task Orders_are_found_by_page()
    {
        for (var number = 0; number < 60; number++)
            await _host.Client.StartAsync(s_order.Call(), $"order-{number}");
        var first = await FindOrdersAsync(_host.Client, null);
        var second = await FindOrdersAsync(_host.Client, first.Continuation);
        Assert.Equal((50, 10, null), (first.Runs.Count, second.Runs.Count, second.Continuation));
    }

    [Fact]
    public async Task A_run_that_ended_by_itself_is_not_given_up()
    {
        await _host.Client.RunAsync(s_order.Call(), "order-1");
        await GiveUpAsync(_host.Client, "order-1");
        Assert.Equal(RunStatus.Completed, await _host.Client.GetRun("order-1").GetStatusAsync());
    }

    [Fact]
    public async Task What_is_young_stays_when_others_are_cleaned_up()
    {
        await _host.Client.RunAsync(s_order.Call(), "order-1");
        await CleanUpAsync(_host.Client);
        Assert.Single((await _host.Client.ListRunsAsync()).Runs);
    }

    [Fact]
    public async Task A_run_is_exported_to_a_file()
    {
        using var folder = new TestKit.TemporaryFolder();
        await _host.Client.RunAsync(s_order.Call("x"), "order-1");
        await ExportAsync(_host.Client, "order-1", folder.File("order-1.json"));
        Assert.Contains("\"status\": \"Completed\"", await File.ReadAllTextAsync(folder.File("order-1.json")));
    }

    [Theory]
    [InlineData("paid", "paid mailed")]
    [InlineData(null, null)]
    public async Task A_payout_that_nobody_knows_about_is_settled(string? found, string? result)
    {
        await Assert.ThrowsAsync<RunFailedException>(() => _host.Client.RunAsync(s_payout.Call(), "payout-1"));
        await SettleAsync(_host.Client, "payout-1", "/PayOut", found);
        var run = _host.Client.GetRun<string>("payout-1");
        if (result is null)
            Assert.True((await Assert.ThrowsAsync<RunFailedException>(() => run.GetResultAsync())).IsCausedBy<FailedByOperatorException>());
        else
            Assert.Equal(result, await run.GetResultAsync());
    }

    [Fact]
    public async Task A_run_is_done_again_from_a_step_on()
    {
        await _host.Client.RunAsync(s_order.Call("x"), "order-1");
        await AgainAsync(_host.Client, "order-1", "/charge");
        Assert.Equal("x", await _host.Client.GetRun<string>("order-1-again").GetResultAsync());
    }

    // The bank has been asked whether the money is gone.
    private static async Task SettleAsync(IDurableClient client, string runId, string stepId, string? receipt)
    {
        var run = client.GetRun(runId);
        if (receipt is not null)
            await run.CompleteStepAsync(stepId, receipt);
        else
            await run.FailStepAsync(stepId, "the bank never received it");
    }

    // What came before the step is taken over, with its results; the step and all that follows is executed anew.
    private static async Task AgainAsync(IDurableClient client, string runId, string stepId)
    {
        var fork = await client.GetRun(runId).ForkAsync(stepId, runId: $"{runId}-again");
        await fork.GetResultAsync();
    }

    // Everything that failed since yesterday, newest first.
    private static async Task PrintFailuresAsync(IDurableClient client, DateTimeOffset since, TextWriter output)
    {
        var failed = new RunFilter { Statuses = [RunStatus.Failed, RunStatus.Quarantined], CreatedFrom = since };
        await foreach (var run in client.EnumerateRunsAsync(failed))
            await output.WriteLineAsync($"{run.RunId}: {run.Error?.Message}");
    }

    // One page for a list on a screen; its Continuation asks for the next.
    private static Task<RunPage> FindOrdersAsync(IDurableClient client, string? continuation)
        => client.ListRunsAsync(new RunFilter { Workflow = "OrderWorkflow.ProcessOrder", RunIdPrefix = "order-" }, pageSize: 50, continuation);

    private static async Task GiveUpAsync(IDurableClient client, string runId)
    {
        try
        {
            await client.GetRun(runId).TerminateAsync("the customer withdrew");
        }
        catch (RunNotTerminableException late)
        {
            // It ended by itself before; nothing was changed.
            Console.WriteLine(late.Message);
        }
    }

    private static async Task CleanUpAsync(IDurableClient client)
    {
        // Completed and canceled runs. What failed or is quarantined may still be resumed, and stays unless it is named.
        await client.PurgeRunsAsync(TimeSpan.FromDays(30));
        await client.PurgeRunsAsync(TimeSpan.FromDays(365), [RunStatus.Failed]);
    }

    private static async Task ExportAsync(IDurableClient client, string runId, string file)
    {
        await using var stream = File.Create(file);
        await client.GetRun(runId).ExportAsync(stream);
    }
}
