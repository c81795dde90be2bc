using Durable;

namespace DurableWorker._1;

/// <summary>Starts one run, so that there is something to see. Replace it by what brings work to your service.</summary>
public sealed class Starter(IDurableClient client, ILogger<Starter> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // The run id makes the start idempotent: from the second time on, this returns the stored result.
        var greeting = await client.RunAsync(GreetingWorkflow.GreetCall("world"), runId: "greet-world", cancellationToken: stoppingToken);
        logger.LogInformation("The run has completed: {Greeting}", greeting);
    }
}
