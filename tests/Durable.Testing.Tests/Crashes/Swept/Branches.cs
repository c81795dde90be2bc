namespace Durable.Testing.Tests.Crashes.Swept;

/// <summary>Branches that run at once, in scopes: all of them are waited for, and then the first of two others.</summary>
public sealed partial class Branches
{
    [Workflow] public partial Task<string> RunAsync();

    [Step] private partial Task<int> FirstAsync(int branch);
    [Step] private partial Task<int> SecondAsync(int branch, int value);
    [Step] private partial Task<string> RaceAsync([StepKey] string name);

    private async Task<string> RunAsyncCore(WorkflowContext workflow)
    {
        var all = await Task.WhenAll(Enumerable.Range(1, 3).Select(branch => workflow.ScopeAsync("branch", async _ => await SecondAsync(branch, await FirstAsync(branch)))));
        var winner = await Task.WhenAny(RaceAsync("tortoise"), RaceAsync("hare"));
        return $"{string.Join(' ', all)} {await winner}";
    }

    private int FirstAsyncCore(int branch) => branch * 10;
    private int SecondAsyncCore(int branch, int value) => branch + value;
    private string RaceAsyncCore(string name) => name;
}
