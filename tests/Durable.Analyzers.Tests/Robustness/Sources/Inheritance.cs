using Durable;

namespace Acme.Durable.Orders;

public interface IOrders { Task<int> PlaceAsync(string id, int count = 1); }

public abstract partial class Base
{
    [Workflow("base", Version = 2)] public virtual partial Task RunAsync();
    protected virtual Task RunAsyncCore() => Task.CompletedTask;

    [Step("base step")] protected internal partial ValueTask TidyAsync();
    private protected abstract void TidyAsyncCore();
}

public partial class Derived : Base, IOrders
{
    [Workflow] public partial Task<int> PlaceAsync(string id, int count);
    private async Task<int> PlaceAsyncCore(string id, int count, WorkflowContext workflow, CancellationToken stop)
    {
        await TidyAsync();
        var made = await workflow.StepAsync("make", id, token => Task.FromResult(new Box<int>(count)));
        return await workflow.ScopeAsync("in", async scope => await CountAsync(id.Length) + made.Value);
    }

    [Workflow("override")] public override partial Task RunAsync();
    protected override async Task RunAsyncCore() => await Task.WhenAll([CountAsync(1), CountAsync(2)]);

    private protected override void TidyAsyncCore() { }

    [Step("count")] private static partial Task<int> CountAsync(long wide);
    private static int CountAsyncCore(long wide) => (int)wide;
}

public sealed record Box<T>(T Value, Box<T>? Next = null) where T : struct;
