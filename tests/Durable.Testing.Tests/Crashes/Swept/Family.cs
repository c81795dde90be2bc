namespace Durable.Testing.Tests.Crashes.Swept;

/// <summary>A run that waits for one child, then has two at once, of which it asks the one when that has long ended; the last one fails.</summary>
public sealed partial class Family(Ledger ledger)
{
    [Workflow] public partial Task<string> RunAsync();

    [Workflow] public partial Task<long> ChildAsync(int number);

    [Step] private partial Task<long> ChargeAsync(long amount);

    private async Task<string> RunAsyncCore(WorkflowContext workflow)
    {
        var first = await workflow.RunChildAsync(ChildCall(1));
        var second = await workflow.StartChildAsync(ChildCall(2));
        var third = await workflow.StartChildAsync(ChildCall(3));
        await workflow.SleepAsync(TimeSpan.FromDays(1));
        var sum = first + await second.GetResultAsync() + await third.GetResultAsync();
        try
        {
            await workflow.RunChildAsync(ChildCall(0));
        }
        catch (ChildWorkflowFailedException failed) when (failed.IsCausedBy<ArgumentException>())
        {
            await ChargeAsync(sum);
        }

        return $"{sum}";
    }

    private async Task<long> ChildAsyncCore(int number, WorkflowContext workflow)
    {
        if (number == 0)
            throw new ArgumentException("no such child");
        var half = await ChargeAsync(number * 10);
        await workflow.SleepAsync(TimeSpan.FromMinutes(number));
        return await ChargeAsync(half + number);
    }

    private long ChargeAsyncCore(long amount, StepContext step) => ledger.Charge(step.IdempotencyToken, amount);
}
