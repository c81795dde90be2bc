using Durable;

namespace Steps;

/// <summary>The default: a body whose process died runs again. The token tells the bank that it is the same charge.</summary>
public sealed partial class AtLeastOnce(Bank bank)
{
    [Workflow] public partial Task<string> PayAsync(decimal amount);

    [Step] private partial Task<string> ChargeCardAsync(decimal amount);

    private async Task<string> PayAsyncCore(decimal amount) => await ChargeCardAsync(amount);

    private string ChargeCardAsyncCore(decimal amount, StepContext step) => bank.Charge(amount, step.IdempotencyToken);
}
