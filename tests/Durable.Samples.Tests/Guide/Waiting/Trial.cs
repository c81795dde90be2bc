namespace Durable.Samples.Tests.Guide.Waiting;

/// <summary>The workflow of docs/guide/waiting.md that sleeps.</summary>
public sealed partial class Trial(Gateway gateway)
{
    [Workflow] public partial Task<string> TryAsync(string user, TimeSpan length);

    [Step] private partial Task OpenAsync(string user);
    [Step] private partial Task CloseAsync(string user);

    private async Task<string> TryAsyncCore(string user, TimeSpan length, WorkflowContext workflow)
    {
        await OpenAsync(user);
        await workflow.SleepAsync(length, "trial");
        await CloseAsync(user);
        return $"{user} had {length}";
    }

    private void OpenAsyncCore(string user, StepContext step) => gateway.Call("open", step);
    private void CloseAsyncCore(string user, StepContext step) => gateway.Call("close", step);
}
