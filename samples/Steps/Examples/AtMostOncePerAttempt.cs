using Durable;

namespace Steps;

/// <summary>Each attempt runs at most once; whether an interrupted one is followed by another is for the policy to say.</summary>
public sealed partial class AtMostOncePerAttempt(Bank bank)
{
    [Workflow] public partial Task<string> PayAsync(decimal amount);

    [Step(Mode = StepMode.AtMostOncePerAttempt), Retry(MaxAttempts = 3, InitialDelay = "10ms")]
    private partial Task<string> ChargeCardAsync(decimal amount);

    private async Task<string> PayAsyncCore(decimal amount) => await ChargeCardAsync(amount);

    private string ChargeCardAsyncCore(decimal amount, StepContext step)
    {
        // The attempt before this one may have reached the bank.
        var found = step.Attempt == 1 ? null : bank.Find(step.IdempotencyToken);
        return found ?? bank.Charge(amount, step.IdempotencyToken);
    }
}
