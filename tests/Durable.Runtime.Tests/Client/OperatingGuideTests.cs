namespace Durable.Runtime.Tests.Client;

/// <summary>The code in docs/guide/operating.md does what stands there.</summary>
public sealed class OperatingGuideTests : IAsyncLifetime
{
    private static readonly CompilerServices.WorkflowDefinition<TestWorkflow.Input, string> s_order = TestWorkflow.Define("OrderWorkflow.ProcessOrder", async (w, input) =>
        await w.StepAsync("charge", _ => input == "fail" ? throw new InvalidOperationException("card refused") : Task.FromResult(input)));

    private DurableHost _host = null!;

    public async Task InitializeAsync()
        => _host = await DurableHost.StartAsync(durable => durable.UseInMemory().AddModule(new TestModule(s_order)));

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
