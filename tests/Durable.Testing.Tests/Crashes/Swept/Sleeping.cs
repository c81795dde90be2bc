namespace Durable.Testing.Tests.Crashes.Swept;

/// <summary>Short and long sleeps, two at once, and one beside a body.</summary>
public sealed partial class Sleeping(Ledger ledger)
{
    [Workflow] public partial Task<string> RunAsync();

    [Step] private partial Task<long> ChargeAsync([StepKey] string what);

    private async Task<string> RunAsyncCore(WorkflowContext workflow)
    {
        await workflow.SleepAsync(TimeSpan.FromSeconds(3), "short");
        await ChargeAsync("first");
        var start = workflow.UtcNow;
        await workflow.SleepAsync(TimeSpan.FromDays(60), "long");
        var isEarly = workflow.UtcNow - start < TimeSpan.FromDays(60);
        var soon = workflow.SleepAsync(TimeSpan.FromHours(1), "soon");
        var late = workflow.SleepAsync(TimeSpan.FromHours(10), "late");
        var winner = await Task.WhenAny(soon, late) == soon ? "soon" : "late";
        await Task.WhenAll(ChargeAsync("beside"), workflow.SleepAsync(TimeSpan.FromMinutes(5), "beside"));
        return $"{winner}{(isEarly ? ", early" : "")}";
    }

    private long ChargeAsyncCore(string what, StepContext step) => ledger.Charge(step.IdempotencyToken, what.Length);
}
