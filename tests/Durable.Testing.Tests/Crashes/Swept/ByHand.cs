namespace Durable.Testing.Tests.Crashes.Swept;

/// <summary>Steps that workflow code executes itself, one of which it reports as failed.</summary>
public sealed partial class ByHand(Ledger ledger)
{
    [Workflow] public partial Task<string> RunAsync();

    [Step] private partial Task<long> CountAsync(long charged);

    private async Task<string> RunAsyncCore(WorkflowContext workflow)
    {
        var charged = 0L;
        for (var i = 0; i < 2; i++)
        {
            var guard = await workflow.AcquireStepAsync<long>("charge", $"card-{i}");
            charged += guard.IsRecorded ? guard.Result : await guard.CompleteAsync(ledger.Charge(guard.Step.IdempotencyToken, 10 + i));
        }

        return $"{await RefusedAsync(workflow)} {await CountAsync(charged)}";
    }

    private static async Task<string> RefusedAsync(WorkflowContext workflow)
    {
        try
        {
            var guard = await workflow.AcquireStepAsync("refuse");
            if (guard.ShouldExecute)
                await guard.FailAsync("refused");
            return "accepted";
        }
        catch (StepFailedException failure)
        {
            return failure.Error.Message;
        }
    }

    private static long CountAsyncCore(long charged) => charged;
}
