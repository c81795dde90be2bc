namespace Durable.Samples.Tests.Guide;

/// <summary>The workflow of docs/guide/maps.md that is content with the first two answers.</summary>
public sealed partial class Quotes(Gateway gateway)
{
    [Workflow] public partial Task<string> CollectAsync(string[] carriers);

    [Step] private partial Task<string> AskAsync(string carrier);

    private async Task<string> CollectAsyncCore(string[] carriers, WorkflowContext workflow)
    {
        var asked = await workflow.MapAsync(carriers, carrier => carrier, (_, carrier) => AskAsync(carrier), new MapOptions
        {
            Name = "quotes",
            MaxConcurrency = 3,
            MinSuccessful = 2,
        });
        return $"{string.Join(", ", asked.Results)}; no answer: {string.Join(", ", asked.Failed.Select(item => item.Key))}";
    }

    private string AskAsyncCore(string carrier, StepContext step)
    {
        gateway.Call(carrier, step);
        return $"{carrier} 12.50";
    }
}
