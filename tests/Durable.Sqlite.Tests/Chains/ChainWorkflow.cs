namespace Durable.Sqlite.Tests;

/// <summary>So many steps in a row, each over the outcome of the one before: one wrong or missing outcome shows in the result.</summary>
public sealed partial class ChainWorkflow(Forge forge)
{
    [Workflow("Chain")]
    public partial Task<string> ForgeAsync(int links, string word);

    [Step]
    private partial Task<string> LinkAsync([StepKey] int number, string word);

    private async Task<string> ForgeAsyncCore(int links, string word)
    {
        for (var number = 1; number <= links; number++)
            word = await LinkAsync(number, word);
        return word;
    }

    private Task<string> LinkAsyncCore(int number, string word, StepContext step) => forge.LinkAsync(step.RunId, number, word);
}
