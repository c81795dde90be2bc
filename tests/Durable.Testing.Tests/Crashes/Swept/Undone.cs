namespace Durable.Testing.Tests.Crashes.Swept;

/// <summary>A booking that fails for good and is undone, by steps that need attempts of their own.</summary>
public sealed partial class Undone
{
    [Workflow] public partial Task<string> RunAsync();

    [Step] private partial Task<string> BookAsync([StepKey] string what);
    [Step, Retry(MaxAttempts = 3, InitialDelay = "1s", Jitter = Jitter.None)] private partial Task CancelAsync([StepKey] string what);

    private async Task<string> RunAsyncCore(WorkflowContext workflow)
    {
        foreach (var what in (string[])["flight", "hotel", "car"])
        {
            await BookAsync(what);
            workflow.Compensate($"cancel {what}", _ => CancelAsync(what));
        }

        return "booked";
    }

    private static string BookAsyncCore(string what) => what == "car" ? throw new IOException("no car") : $"{what} booked";

    private static void CancelAsyncCore(string what, StepContext step)
    {
        if (what == "flight" && step.Attempt < 3)
            throw new IOException($"cancel {what}: attempt {step.Attempt}");
    }
}
