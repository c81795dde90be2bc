namespace Durable.Testing.Tests.Crashes.Swept;

/// <summary>Maps that end before all their branches do: when enough have succeeded, with the first failure, and within one another.</summary>
public sealed partial class Mapped
{
    private static readonly MapOptions s_one = new() { MinSuccessful = 1 };

    [Workflow] public partial Task<string> RunAsync();

    [Step(Mode = StepMode.AtMostOnce)] private partial Task<string> AskAsync([StepKey] string carrier);
    [Step] private partial Task<int> PackAsync(int item);
    [Step] private partial Task<int> WeighAsync(int item);
    [Step] private partial Task TidyAsync(int item);

    private async Task<string> RunAsyncCore(WorkflowContext workflow)
    {
        // After a crash one of them may be interrupted; the other answers.
        var asked = await workflow.MapAsync(["post", "rail"], carrier => carrier, async (branch, carrier) => await AskAsync(carrier) + await PackAsync(0), new MapOptions { Name = "ask", MinSuccessful = 1 });
        var failed = "";
        try
        {
            await workflow.MapAsync([1, 2, 3, 4], item => $"{item}", async (branch, item) =>
            {
                if (item == 1)
                    await branch.Shield("tidy", _ => TidyAsync(item));
                await PackAsync(item);
                await WeighAsync(item);
            }, new MapOptions { MaxConcurrency = 3 });
        }
        catch (MapFailedException exception)
        {
            failed = exception.Outcome.Items[1].Status.ToString();
        }

        var nested = await workflow.MapAsync([5, 6], item => $"{item}", async (branch, item) =>
            (await branch.MapAsync(["x", "y"], part => part, (_, part) => PackAsync(item), s_one)).Results[0], new MapOptions { Name = "nested" });
        return $"{asked.End} {failed} {string.Join(' ', nested.Results)}";
    }

    private static string AskAsyncCore(string carrier) => carrier;
    private static int PackAsyncCore(int item) => item;
    private static int WeighAsyncCore(int item) => item == 2 ? throw new IOException("too heavy") : item;
    private static void TidyAsyncCore(int item) => ArgumentOutOfRangeException.ThrowIfNegative(item);
}
