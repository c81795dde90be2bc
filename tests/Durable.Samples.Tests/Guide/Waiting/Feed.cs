namespace Durable.Samples.Tests.Guide.Waiting;

/// <summary>The workflows of docs/guide/waiting.md that go on and on.</summary>
public sealed partial class Feed(Gateway gateway)
{
    [Workflow] public partial Task ReadAsync(IReadOnlyList<string> entries);
    [Workflow] public partial Task<bool> AwaitExportAsync(TimeSpan interval, TimeSpan timeout);
    [Workflow] public partial Task<int> CountAsync(int counted, int upTo);

    [Step] private partial Task StoreAsync(string entry);
    [Step] private partial Task<bool> IsExportedAsync();
    [Step] private partial Task<int> CountOneAsync(int counted);

    private Task ReadAsyncCore(IReadOnlyList<string> entries, WorkflowContext workflow)
        => workflow.ForEachAsync(
            "entries",
            start: 0,
            next: (position, _) => Task.FromResult(position < entries.Count ? new NextItem<string, int>(entries[position], position + 1) : null),
            body: (iteration, entry) => StoreAsync(entry));

    private Task<bool> AwaitExportAsyncCore(TimeSpan interval, TimeSpan timeout, WorkflowContext workflow)
        => workflow.WaitUntilAsync("export", _ => IsExportedAsync(), new PollStrategy { Interval = interval, BackoffRate = 2, Timeout = timeout });

    private async Task<int> CountAsyncCore(int counted, int upTo, WorkflowContext workflow)
    {
        for (var i = 0; i < 10 && counted < upTo; i++)
            counted = await CountOneAsync(counted);
        return counted == upTo ? counted : await workflow.ContinueAsNew(CountCall(counted, upTo));
    }

    private void StoreAsyncCore(string entry, StepContext step) => gateway.Call(entry, step);

    private bool IsExportedAsyncCore(StepContext step)
    {
        gateway.Call("look", step);
        return gateway.Calls.Count == 3;
    }

    private static int CountOneAsyncCore(int counted) => counted + 1;
}
