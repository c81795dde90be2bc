namespace Durable.Testing.Tests.Crashes.Swept;

/// <summary>A failure that the code catches, and one that ends the run until the service behind it is repaired.</summary>
public sealed partial class Repaired(Ledger ledger)
{
    [Workflow] public partial Task<string> RunAsync();

    [Step] private partial Task<int> PrepareAsync();
    [Step] private partial Task<int> RefuseAsync();
    [Step] private partial Task<int> DeliverAsync();

    private async Task<string> RunAsyncCore()
    {
        var prepared = await PrepareAsync();
        var refused = "accepted";
        try
        {
            await RefuseAsync();
        }
        catch (StepFailedException failure)
        {
            refused = failure.Error.Message;
        }

        var again = await PrepareAsync();
        return $"{prepared} {refused} {again} {await DeliverAsync()}";
    }

    private int PrepareAsyncCore() => 1;
    private int RefuseAsyncCore() => throw new InvalidOperationException("refused");

    private int DeliverAsyncCore()
    {
        if (ledger.Deployed++ < 2)
            throw new InvalidOperationException("out of order");
        return 2;
    }
}
