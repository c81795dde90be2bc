namespace Durable.Testing.Tests.Crashes.Swept;

/// <summary>Code that is changed under its run: one step gets other arguments, two change places, one is dropped, one is added.</summary>
public sealed partial class Redeployed(Ledger ledger)
{
    [Workflow] public partial Task<int> RunAsync();

    [Step] private partial Task<int> ArgumentAsync(int value);
    [Step] private partial Task<int> EarlyAsync();
    [Step] private partial Task<int> LateAsync();
    [Step] private partial Task<int> DroppedAsync();
    [Step] private partial Task<int> AddedAsync();
    [Step] private partial Task<int> FailAsync();

    private async Task<int> RunAsyncCore()
    {
        if (ledger.Deployed > 1)
            return await ArgumentAsync(2) + await LateAsync() + await EarlyAsync() + await AddedAsync();
        return await ArgumentAsync(1) + await EarlyAsync() + await LateAsync() + await DroppedAsync() + await FailAsync();
    }

    private int ArgumentAsyncCore(int value) => value;
    private int EarlyAsyncCore() => 10;
    private int LateAsyncCore() => 100;
    private int DroppedAsyncCore() => 1000;
    private int AddedAsyncCore() => 10_000;

    private int FailAsyncCore()
    {
        ledger.Deployed = 2;
        throw new InvalidOperationException("out of order");
    }
}
