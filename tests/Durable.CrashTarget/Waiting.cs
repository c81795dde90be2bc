namespace Durable.CrashTarget;

/// <summary>A run that sleeps, takes a signal that its own first step sent, has a child, and appends to a stream.</summary>
public sealed partial class Waiting(Bodies bodies, IDurableClient client)
{
    private const string Word = "word";
    private const string Items = "items";

    [Workflow] public partial Task<Outcome> RunAsync(long seed);
    [Workflow] public partial Task<Link> ChildAsync(long value);

    [Step] private partial Task<Link> SendAsync(long value);
    [Step] private partial Task<Link> HelpAsync(long value);
    [Step] private partial Task<Link> LastAsync(long value);

    private async Task<Outcome> RunAsyncCore(long seed, WorkflowContext workflow)
    {
        var sent = await SendAsync(seed);
        await workflow.SleepAsync(TimeSpan.FromMilliseconds(300));
        var word = await workflow.WaitForSignalAsync<long>(Word);
        // There is no second one, however often the body sent it.
        var again = await workflow.WaitForSignalAsync<long>(Word, TimeSpan.FromMilliseconds(50));
        var child = await workflow.RunChildAsync(ChildCall(word + (again.IsTimedOut ? 0 : 1)));
        await workflow.AppendAsync(Items, child.Value);
        var last = await LastAsync(child.Value);
        return new Outcome(last.Value, [sent.Proof, child.Proof, last.Proof]);
    }

    private async Task<Link> ChildAsyncCore(long value) => await HelpAsync(value);

    // Sent before the place to die: a second execution sends the same message again.
    private async Task<Link> SendAsyncCore(long value, StepContext step)
    {
        await client.SignalAsync(step.RunId, Word, value + 4, messageId: "once");
        return await bodies.RunAsync(step, value);
    }

    private Task<Link> HelpAsyncCore(long value, StepContext step) => bodies.RunAsync(step, value * 7);
    private Task<Link> LastAsyncCore(long value, StepContext step) => bodies.RunAsync(step, value + 2);

    /// <summary>The outcome of a run, its value followed by a digit for the items in its stream and one for the runs in the store.</summary>
    public static async Task<Outcome> ReadAsync(RunHandle<Outcome> run, IDurableClient client)
    {
        var outcome = await run.GetResultAsync();
        var (items, runs) = (0, 0);
        await foreach (var _ in run.ReadStreamAsync<long>(Items))
            items++;
        await foreach (var _ in client.EnumerateRunsAsync())
            runs++;
        return outcome with { Value = (((outcome.Value * 10) + items) * 10) + runs };
    }
}
