namespace Durable.Testing.Tests.Crashes.Swept;

/// <summary>A run whose step asks for its cancellation while another body waits; what it took is given back.</summary>
public sealed partial class Canceled(IDurableClient client, Canceled.World world)
{
    [Workflow] public partial Task<string> RunAsync();

    [Step] private partial Task TakeAsync();
    [Step] private partial Task<string> AskAsync();
    [Step] private partial Task<string> WaitAsync();
    [Step] private partial Task<string> NeverAsync();
    [Step] private partial Task GiveBackAsync();

    private async Task<string> RunAsyncCore(WorkflowContext workflow)
    {
        await TakeAsync();
        workflow.Compensate("taken", _ => GiveBackAsync());
        await Task.WhenAll(AskAsync(), WaitAsync());
        return await NeverAsync();
    }

    private void TakeAsyncCore() => world.Taken++;

    private async Task<string> AskAsyncCore(StepContext step)
    {
        await client.GetRun(step.RunId).CancelAsync("by itself");
        return "asked";
    }

    private static async Task<string> WaitAsyncCore(StepContext step)
    {
        var told = new TaskCompletionSource<string>();
        await using var registration = step.CancellationToken.Register(() => told.TrySetCanceled(step.CancellationToken));
        return await told.Task;
    }

    private string NeverAsyncCore()
    {
        world.WentOn++;
        return "went on";
    }

    private void GiveBackAsyncCore() => world.GivenBack++;

    /// <summary>What truly happened.</summary>
    public sealed class World
    {
        public int Taken { get; set; }

        public int WentOn { get; set; }

        public int GivenBack { get; set; }
    }
}
