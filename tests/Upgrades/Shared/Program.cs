using Durable;
using Microsoft.Extensions.DependencyInjection;
using Orders;

// Arguments: <store> <effects> start | finish | accept. Start begins a run for each place, which stops there until somebody kills the process. Finish waits for those and for a new one, and tells what came of them;
// accept has those that were set aside go on as the code is now.
var (store, effects, mode) = (args[0], args[1], args[2]);
var stops = mode == "start";
await using var host = await DurableHost.StartAsync(durable =>
{
    durable.UseSqlite(store).AddWorkflows().DecorateStore((_, sqlite) => stops ? new StoppingStore(sqlite) : sqlite);
    durable.Services.AddSingleton(new Shop(effects, stops));
});

foreach (var place in stops ? Shop.Places : ["new"])
    await host.Client.StartAsync(OrderWorkflow.ProcessCall(new Order($"order-{place}", 2, 30)), $"order-{place}");
if (stops)
    await new TaskCompletionSource().Task;
foreach (var place in (string[])[.. Shop.Places, "new"])
{
    var run = host.Client.GetRun<string>($"order-{place}");
    if (mode == "accept" && await run.GetStatusAsync() == RunStatus.Quarantined)
        await run.ResumeAsync(acceptDivergence: true);
    await TellAsync(run);
}

static async Task TellAsync(RunHandle<string> run)
{
    var outcome = "";
    try
    {
        outcome = await run.GetResultAsync();
    }
    catch (RunQuarantinedException set)
    {
        outcome = set.Message.ReplaceLineEndings(" ");
    }

    var info = await run.GetInfoAsync();
    Console.WriteLine($"{run.RunId} {info.Status} {info.Version} {outcome}");
    foreach (var checkpoint in await run.GetCheckpointsAsync())
        Console.WriteLine($"{run.RunId} {checkpoint.Kind} {checkpoint.StepId} {checkpoint.Status}");
}
