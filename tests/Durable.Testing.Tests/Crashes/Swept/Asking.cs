namespace Durable.Testing.Tests.Crashes.Swept;

/// <summary>A run that asks twice: the one question is answered, the other is not.</summary>
public sealed partial class Asking(Ledger ledger)
{
    [Workflow] public partial Task<string> RunAsync();

    [Step] private partial Task<long> RefundAsync(string answer);

    private async Task<string> RunAsyncCore(WorkflowContext workflow)
    {
        var answer = await workflow.RequestAsync<string, string>("refund", "may I?");
        await RefundAsync(answer);
        var none = await workflow.RequestAsync<string, string>("rating", "how was it?", TimeSpan.FromDays(7));
        return $"{answer}{(none.IsTimedOut ? ", no rating" : none.Value)}";
    }

    private long RefundAsyncCore(string answer, StepContext step) => ledger.Charge(step.IdempotencyToken, answer.Length);
}

/// <summary>A run whose step answers what is asked after a day.</summary>
public sealed partial class Answering(IDurableClient client)
{
    [Workflow] public partial Task RunAsync();

    [Step] private partial Task AnswerAsync();

    private async Task RunAsyncCore(WorkflowContext workflow)
    {
        await workflow.SleepAsync(TimeSpan.FromDays(1));
        await AnswerAsync();
    }

    private async Task AnswerAsyncCore()
    {
        foreach (var request in await client.ListRequestsAsync(new RequestFilter { Name = "refund" }))
            await client.AnswerRequestAsync(request.RequestId, "granted");
    }
}
