namespace Durable.Testing.Tests.Crashes.Swept;

/// <summary>Parallel code of which one branch is another one after a deployment.</summary>
public sealed partial class Swapped(Ledger ledger)
{
    [Workflow] public partial Task<int> RunAsync();

    [Step] private partial Task<int> KeptAsync();
    [Step] private partial Task<int> OldAsync();
    [Step] private partial Task<int> NewAsync();
    [Step] private partial Task<int> FailAsync();

    private async Task<int> RunAsyncCore()
    {
        var both = await Task.WhenAll(KeptAsync(), ledger.Deployed > 1 ? NewAsync() : OldAsync());
        return both.Sum() + await FailAsync();
    }

    private int KeptAsyncCore() => 1;
    private int OldAsyncCore() => 2;
    private int NewAsyncCore(StepContext step) => (int)ledger.Charge(step.IdempotencyToken, 3);

    private int FailAsyncCore()
    {
        ledger.Deployed = 2;
        throw new InvalidOperationException("out of order");
    }
}
