namespace Durable.Testing.Tests.Crashes.Swept;

/// <summary>A mistake: an effect outside that does not tell the idempotency token.</summary>
public sealed partial class Careless(Ledger ledger)
{
    [Workflow] public partial Task<long> RunAsync();

    [Step] private partial Task<long> PayAsync();

    private Task<long> RunAsyncCore() => PayAsync();

    private long PayAsyncCore() => ledger.Charge(Guid.NewGuid(), 10);
}
