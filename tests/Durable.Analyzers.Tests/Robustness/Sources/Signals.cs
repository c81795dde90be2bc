using Durable;

public sealed partial class Refunds(Desks<Refunds.Approval?> desks)
{
    [Workflow] public partial Task<string> RefundAsync(decimal amount);
    [Signal] public partial Task<Approval> ApprovedAsync();
    [Signal] internal partial ValueTask<WaitResult<Approval>> ApprovedAsync(TimeSpan limit);
    [Signal("go"), Obsolete] private static partial ValueTask StartedAsync();
    [Signal("go")] private static partial Task<WaitResult> StartedAsync(TimeSpan @long);
    [Signal] [return: Sensitive] private partial Task<List<Private>?> SecretsAsync();
    [Step] private partial Task<int> CountAsync();

    private async Task<string> RefundAsyncCore(decimal amount, WorkflowContext workflow)
    {
        await StartedAsync(TimeSpan.FromDays(1));
        var first = await ApprovedAsync();
        await workflow.SignalAsync(workflow.RunId, ApprovedSignal(first with { By = "you" }));
        if ((await ApprovedAsync(TimeSpan.FromHours(2))).TryGetValue(out var second) && await SecretsAsync() is [var secret, ..])
            await workflow.PublishAsync("secret", new Dictionary<string, int> { ["n"] = secret.Number });
        var answer = await workflow.RequestAsync<Approval, bool>("sure", first, TimeSpan.FromHours(2));
        await workflow.AppendAsync("log", new[] { answer.IsTimedOut });
        var child = await workflow.StartChildAsync(RefundCall(amount / 2));
        return amount > 1 ? await RefundAsync(amount - 1) : $"{await child.GetResultAsync()} {await workflow.WaitForSignalAsync<int>("n")} {desks} {await CountAsync()}";
    }

    private int CountAsyncCore() => 1;
    public sealed record Approval(string By, int? Amount = null);
    private sealed record Private(int Number);
}

public abstract partial class Desks<T> { [Signal("desk")] protected internal partial Task<WaitResult<int>> OpenAsync(TimeSpan limit); }
