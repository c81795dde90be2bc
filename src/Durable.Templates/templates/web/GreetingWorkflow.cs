using Durable;

namespace DurableWeb._1;

/// <summary>Composes a greeting and sends it. A step that completed never runs again, also after a crash.</summary>
public sealed partial class GreetingWorkflow(ILogger<GreetingWorkflow> logger)
{
    // What is durable. The generator writes these halves.
    [Workflow] public partial Task<string> GreetAsync(string name);

    [Step] private partial Task<string> ComposeAsync(string name);
    [Step] private partial Task SendAsync(string greeting);

    // The bodies: plain C#, named <Method>Core.
    private async Task<string> GreetAsyncCore(string name)
    {
        var greeting = await ComposeAsync(name);
        await SendAsync(greeting);
        return greeting;
    }

    private string ComposeAsyncCore(string name) => $"Hello, {name}!";

    // A body may run twice when the process dies in it: pass the token to the service you call, so that it can tell.
    private void SendAsyncCore(string greeting, StepContext step) => logger.LogInformation("Sending '{Greeting}' with token {Token}", greeting, step.IdempotencyToken);
}
