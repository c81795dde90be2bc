namespace Durable.Testing.Tests.Crashes.Swept;

/// <summary>Ten steps in a row, each on the result of the one before.</summary>
public sealed partial class TenSteps(Ledger ledger)
{
    [Workflow] public partial Task<long> RunAsync(long seed);

    [Step] private partial Task<long> AddAsync([StepKey] int turn, long value);
    [Step] private partial Task<long> DoubleAsync(long value);

    private async Task<long> RunAsyncCore(long seed)
    {
        var value = seed;
        for (var turn = 0; turn < 5; turn++)
        {
            value = await AddAsync(turn, value);
            value = await DoubleAsync(value);
        }

        return value;
    }

    private long AddAsyncCore(int turn, long value, StepContext step) => ledger.Charge(step.IdempotencyToken, value + turn);
    private long DoubleAsyncCore(long value, StepContext step) => ledger.Charge(step.IdempotencyToken, value * 2);
}
