using Microsoft.Extensions.DependencyInjection;

namespace Durable.Samples.Tests.Guide.Waiting;

/// <summary>The code in docs/guide/waiting.md does what stands there.</summary>
public sealed class WaitingGuideTests : IAsyncLifetime
{
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(1);

    private readonly Gateway _gateway = new();
    private DurableHost _host = null!;

    public async Task InitializeAsync()
        => _host = await DurableHost.StartAsync(durable => durable.UseInMemory().AddWorkflows().Services.AddSingleton(_gateway));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task What_comes_after_a_sleep_is_done_when_it_is_over()
    {
        Assert.Equal("Ada had 00:00:00.0010000", await _host.Client.RunAsync(Trial.TryCall("Ada", s_short), "trial"));
        Assert.Equal(["open 1", "close 1"], _gateway.Calls);
    }

    [Fact]
    public async Task A_sleep_is_two_checkpoints()
    {
        await _host.Client.RunAsync(Trial.TryCall("Ada", s_short), "trial");
        Assert.Equal(
            [CheckpointKind.WaitStarted, CheckpointKind.Sleep],
            (await _host.Client.GetRun("trial").GetCheckpointsAsync()).Where(checkpoint => checkpoint.StepId == "/trial").Select(checkpoint => checkpoint.Kind));
    }

    [Fact]
    public async Task Runs_signal_each_other_and_each_signal_is_taken_once_in_order()
    {
        var listening = await _host.Client.StartAsync(Chat.ListenCall(), "listener");
        await _host.Client.RunAsync(Chat.SpeakCall("listener", "hello"), "first");
        await _host.Client.RunAsync(Chat.SpeakCall("listener", "again"), "second");
        Assert.Equal("hello, again", await listening.GetResultAsync());
    }

    [Fact]
    public async Task A_child_is_a_run_of_its_own_with_an_id_made_of_the_call()
    {
        Assert.Equal("a is shipped, b is shipped", await _host.Client.RunAsync(Delivery.DeliverCall(["a", "b"]), "delivery"));
        Assert.Equal("delivery", (await _host.Client.GetRun("delivery/Delivery.Ship").GetInfoAsync()).ParentRunId);
        Assert.Equal("delivery", (await _host.Client.GetRun("delivery/Delivery.Ship[b]").GetInfoAsync()).ParentRunId);
        await _host.Client.GetRun("delivery/Delivery.Survey").GetResultAsync();
    }

    [Fact]
    public async Task The_failure_of_a_child_is_caught_by_its_cause()
    {
        _gateway.Fail("b", new CarrierException("gone"));
        Assert.Equal("a is shipped, b is lost", await _host.Client.RunAsync(Delivery.DeliverCall(["a", "b"]), "delivery"));
    }

    [Fact]
    public async Task What_a_run_shows_is_read_from_outside()
    {
        var run = await _host.Client.StartAsync(Import.ImportCall(["a.csv", "bb.csv"]), "import");
        Assert.Equal(["0 a.csv", "1 bb.csv"], await LoadedAsync(run));
        Assert.Equal(11, await run.GetResultAsync());
        var rows = await run.GetPublishedAsync<int>("rows");
        Assert.Equal((11, 2), (rows!.Value, rows.Version));
        Assert.Equal("loading bb.csv", (await run.GetInfoAsync()).Progress!.Text);
    }

    [Fact]
    public async Task A_loop_over_a_source_leaves_its_last_checkpoints_only()
    {
        var run = await _host.Client.StartAsync(Feed.ReadCall(["a", "b", "c"]), "feed");
        await run.GetResultAsync();
        Assert.Equal(["a 1", "b 1", "c 1"], _gateway.Calls);
        Assert.DoesNotContain(await run.GetCheckpointsAsync(), checkpoint => checkpoint.StepId.EndsWith("/Store", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_poll_looks_until_the_check_says_yes()
    {
        Assert.True(await _host.Client.RunAsync(Feed.AwaitExportCall(s_short, TimeSpan.FromHours(1)), "export"));
        Assert.Equal(3, _gateway.Calls.Count);
    }

    [Fact]
    public async Task A_run_that_continues_as_new_keeps_its_id_and_a_short_history()
    {
        Assert.Equal(25, await _host.Client.RunAsync(Feed.CountCall(0, 25), "count"));
        Assert.Equal(5, (await _host.Client.GetRun("count").GetCheckpointsAsync()).Count);
    }

    private static async Task<List<string>> LoadedAsync(RunHandle run)
    {
        var lines = new List<string>();
        await foreach (var item in run.ReadStreamAsync<string>("loaded", fromOffset: 0))
            lines.Add($"{item.Offset} {item.Value}"); // As they come; ends with the run.
        return lines;
    }
}
