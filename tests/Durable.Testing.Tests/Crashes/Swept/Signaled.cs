namespace Durable.Testing.Tests.Crashes.Swept;

/// <summary>A run that is sent two words and not a third, and shows what it hears.</summary>
public sealed partial class Signaled(Ledger ledger)
{
    /// <param name="after">How many minutes pass before it listens.</param>
    [Workflow] public partial Task<string> RunAsync(int after);

    [Step] private partial Task<long> ChargeAsync([StepKey] string word);

    private async Task<string> RunAsyncCore(int after, WorkflowContext workflow)
    {
        await workflow.SleepAsync(TimeSpan.FromMinutes(after));
        var first = await workflow.WaitForSignalAsync<string>("word");
        await ChargeAsync(first);
        await workflow.PublishAsync("heard", first);
        var second = await workflow.WaitForSignalAsync<string>("word", TimeSpan.FromDays(100));
        await workflow.AppendAsync("words", first);
        await workflow.AppendAsync("words", second.Value);
        await workflow.PublishAsync("heard", second.Value);
        var third = await workflow.WaitForSignalAsync<string>("word", TimeSpan.FromDays(7));
        return $"{first} {second.Value} {(third.IsTimedOut ? "nothing" : third.Value)}";
    }

    private long ChargeAsyncCore(string word, StepContext step) => ledger.Charge(step.IdempotencyToken, word.Length);
}

/// <summary>A run whose steps send, each message with an id of its own, and the first one twice.</summary>
public sealed partial class Sending(IDurableClient client)
{
    /// <param name="after">How many minutes pass before it sends.</param>
    [Workflow] public partial Task RunAsync(string to, int after);

    [Step] private partial Task SendAsync(string to, [StepKey] string word);

    private async Task RunAsyncCore(string to, int after, WorkflowContext workflow)
    {
        await workflow.SleepAsync(TimeSpan.FromMinutes(after));
        await SendAsync(to, "one");
        await SendAsync(to, "one");
        await SendAsync(to, "two");
    }

    private async Task SendAsyncCore(string to, string word) => await client.GetRun(to).SignalAsync("word", word, messageId: word);
}

/// <summary>A run that sends as a durable operation of its own: without message ids of the user's.</summary>
public sealed partial class SendingDurably
{
    /// <param name="after">How many minutes pass before it sends.</param>
    [Workflow] public partial Task RunAsync(string to, int after);

    private static async Task RunAsyncCore(string to, int after, WorkflowContext workflow)
    {
        await workflow.SleepAsync(TimeSpan.FromMinutes(after));
        await workflow.SignalAsync(to, "word", "one");
        await workflow.SignalAsync(to, "word", "two");
    }
}
