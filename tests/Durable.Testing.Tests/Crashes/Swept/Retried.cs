namespace Durable.Testing.Tests.Crashes.Swept;

/// <summary>Steps that are tried again in memory and over a suspension, side by side, and a run that is tried again itself.</summary>
public sealed partial class Retried
{
    [Workflow, Retry(MaxAttempts = 2, InitialDelay = "20s")] public partial Task<string> RunAsync();

    [Step, Retry(MaxAttempts = 3, InitialDelay = "5s", BackoffRate = 1, Jitter = Jitter.None)] private partial Task<string> ChargeAsync();
    [Step, Retry(MaxAttempts = 2, InitialDelay = "1h")] private partial Task<string> MailAsync();
    [Step(Mode = StepMode.AtMostOncePerAttempt), Retry(MaxAttempts = 100, InitialDelay = "1s", MaxDelay = "1s")] private partial Task<string> NotifyAsync();
    [Step] private partial Task<string> ShipAsync([NotFingerprinted] int runAttempt);

    private async Task<string> RunAsyncCore(WorkflowContext workflow)
    {
        var both = await Task.WhenAll(ChargeAsync(), MailAsync());
        return $"{string.Join(" ", both)} {await NotifyAsync()} {await ShipAsync(workflow.Attempt)}";
    }

    private static string ChargeAsyncCore(StepContext step) => step.Attempt < 3 ? throw new IOException($"charge {step.Attempt}") : "charged";

    private static string MailAsyncCore(StepContext step) => step.Attempt < 2 ? throw new IOException("mail") : "mailed";

    private static string NotifyAsyncCore() => "notified";

    private static string ShipAsyncCore(int runAttempt) => runAttempt < 2 ? throw new IOException("ship") : "shipped";
}
