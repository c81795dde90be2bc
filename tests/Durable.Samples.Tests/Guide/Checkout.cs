namespace Durable.Samples.Tests.Guide;

/// <summary>The workflow of docs/guide/failure.md.</summary>
public sealed partial class Checkout(Gateway gateway)
{
    private static readonly RetryPolicy s_transient = new()
    {
        MaxAttempts = 8,
        InitialDelay = TimeSpan.FromMilliseconds(10),
        RetryWhen = attempt => attempt.Exception is GatewayException { IsTransient: true } && attempt.Elapsed < TimeSpan.FromMinutes(1),
    };

    [Workflow, Retry(MaxAttempts = 3, InitialDelay = "10ms")]
    public partial Task<string> PayAsync(decimal amount);

    [Step, Retry(
        MaxAttempts = 5, InitialDelay = "1s", BackoffRate = 2, MaxDelay = "30s", Jitter = Jitter.Full, // when the next attempt begins,
        MaxElapsed = "10m", AttemptTimeout = "20s", // for how long,
        RetryOn = [typeof(GatewayException), typeof(TimeoutException)], NeverRetryOn = [typeof(CardRefusedException)], RetryOnMessage = "busy|took longer")] // after what
    private partial Task<string> ChargeAsync(decimal amount);

    [Step(OnFailure = StepFailure.Terminal)] private partial Task ReserveAsync(decimal amount);

    [Step] private partial Task<string> SendInvoiceAsync(decimal amount, string reason);

    private async Task<string> PayAsyncCore(decimal amount, WorkflowContext workflow)
    {
        await workflow.StepAsync("verify", null, new StepOptions { Retry = s_transient }, (step, _) => gateway.CallAsync("verify", step));
        await ReserveAsync(amount);
        try
        {
            return await ChargeAsync(amount);
        }
        catch (StepFailedException failure) when (failure.InnerException is CardRefusedException refusal)
        {
            return await SendInvoiceAsync(amount, refusal.Reason);
        }
    }

    private void ReserveAsyncCore(decimal amount, StepContext step) => gateway.Call("reserve", step);

    private string ChargeAsyncCore(decimal amount, StepContext step)
    {
        gateway.Call("charge", step);
        return $"charged {amount}";
    }

    private string SendInvoiceAsyncCore(decimal amount, string reason, StepContext step)
    {
        gateway.Call("invoice", step);
        return $"invoice over {amount}, card {reason}";
    }
}
