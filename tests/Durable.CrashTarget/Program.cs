using System.Text.Json;
using Durable;
using Durable.CrashTarget;
using Microsoft.Extensions.DependencyInjection;

// Arguments: <store> <trace> <workflow> <runs> [<moment>:<n> | hold:<step id>]. Starts the runs, which a later process finds and finishes, and prints their outcomes.
string store = args[0], trace = args[1], workflow = args[2];
var runs = int.Parse(args[3]);
var last = args.ElementAtOrDefault(4);
var holdAt = last?.StartsWith("hold:", StringComparison.Ordinal) == true ? last["hold:".Length..] : null;
var killSwitch = KillSwitch.Parse(holdAt is null ? last : null);

await using var host = await DurableHost.StartAsync(durable =>
{
    durable.UseSqlite(store).AddWorkflows().Services.AddSingleton(new Bodies(trace, killSwitch, holdAt));
    durable.DecorateStore((_, sqlite) => new KillableStore(sqlite, killSwitch));
});

var started = new List<RunHandle<Outcome>>();
for (var run = 1; run <= runs; run++)
    started.Add(await host.Client.StartAsync(workflow == nameof(Loop) ? Loop.RunCall(seed: run) : TenSteps.RunCall(seed: run), $"run-{run}"));
foreach (var run in started)
    Console.WriteLine($"outcome {JsonSerializer.Serialize(await run.GetResultAsync())}");
