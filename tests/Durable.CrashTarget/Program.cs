using System.Runtime.InteropServices;
using System.Text.Json;
using Durable;
using Durable.CrashTarget;
using Durable.Testing.Crashes;
using Microsoft.Extensions.DependencyInjection;

// Arguments: <store> <trace> <workflow> <runs> [<crash point> | hold:<step id> | mended]. Starts the runs, which a later process finds and finishes, resumes what failed, and prints the outcomes
// and the points that it came to. Asked to end, it shuts down.
const string Hold = "hold:";
const string Mended = "mended";
var (store, trace, workflow) = (args[0], new TraceFile(args[1]), args[2]);
var runs = int.Parse(args[3]);
var last = args.ElementAtOrDefault(4);
var holdAt = last?.StartsWith(Hold, StringComparison.Ordinal) == true ? last[Hold.Length..] : null;
var killSwitch = new KillSwitch(last is null or Mended || holdAt is not null ? null : CrashPoint.Parse(last));

await using var host = await DurableHost.StartAsync(durable =>
{
    durable.UseSqlite(store).AddWorkflows().Configure(options => options.ShutdownGrace = TimeSpan.FromSeconds(1));
    durable.Services.AddSingleton(new Bodies(trace, killSwitch, isOnlyRun: runs == 1, holdAt)).AddSingleton(new Company(trace, others: runs - 1, isMended: last is Mended));
    durable.DecorateStore((_, sqlite) => new KillableStore(sqlite, killSwitch, trace));
});

var asked = new TaskCompletionSource();
using var termination = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
{
    signal.Cancel = true;
    asked.TrySetResult();
});
await await Task.WhenAny(WorkAsync(), asked.Task);
return;

async Task WorkAsync()
{
    var started = new List<RunHandle<Outcome>>();
    for (var run = 1; run <= runs; run++)
        started.Add(await host.Client.StartAsync(Call(run), $"run-{run}"));
    foreach (var run in started)
        Console.WriteLine(await OutcomeAsync(run));
    foreach (var point in killSwitch.Reached)
        Console.WriteLine($"point {point}");
}

WorkflowCall<Outcome> Call(int seed) => workflow switch
{
    nameof(TenSteps) => TenSteps.RunCall(seed),
    nameof(Loop) => Loop.RunCall(seed),
    nameof(Branches) => Branches.RunCall(seed),
    nameof(Retried) => Retried.RunCall(seed),
    nameof(Repaired) => Repaired.RunCall(seed),
    nameof(Undone) => Undone.RunCall(seed),
    nameof(Poisoned) => Poisoned.RunCall(seed),
    nameof(Waiting) => Waiting.RunCall(seed),
    _ => throw new ArgumentException($"No workflow is named '{workflow}'."),
};

async Task<string> OutcomeAsync(RunHandle<Outcome> run)
{
    try
    {
        return $"outcome {JsonSerializer.Serialize(await ResultAsync(run))}";
    }
    catch (RunQuarantinedException quarantined) when (last is not Mended)
    {
        return $"quarantined {run.RunId}: {quarantined.Error.Message}";
    }
}

async Task<Outcome> ResultAsync(RunHandle<Outcome> run)
{
    try
    {
        return workflow == nameof(Waiting) ? await Waiting.ReadAsync(run, host.Client) : await run.GetResultAsync();
    }
    catch (RunFailedException) when (workflow == nameof(Undone))
    {
        return await Undone.ReadAsync(run);
    }
    catch (Exception stopped) when (stopped is RunFailedException || (stopped is RunQuarantinedException && last is Mended))
    {
        await run.ResumeAsync();
        return await run.GetResultAsync();
    }
}
