using Durable;

namespace Steps;

/// <summary>A body that must not run twice, whatever happens. Where it was interrupted, nobody guesses: the bank is asked.</summary>
public sealed partial class AtMostOnce(Bank bank)
{
    [Workflow] public partial Task<string> PayAsync(decimal amount);

    [Step(Mode = StepMode.AtMostOnce)] private partial Task<string> ChargeCardAsync(decimal amount);
    [Step] private partial Task<string?> FindChargeAsync(Guid token);

    private async Task<string> PayAsyncCore(decimal amount)
    {
        try
        {
            return await ChargeCardAsync(amount);
        }
        catch (StepInterruptedException doubt)
        {
            return await FindChargeAsync(doubt.IdempotencyToken) ?? "not charged";
        }
    }

    private string ChargeCardAsyncCore(decimal amount, StepContext step) => bank.Charge(amount, step.IdempotencyToken);
    private string? FindChargeAsyncCore(Guid token) => bank.Find(token);
}
