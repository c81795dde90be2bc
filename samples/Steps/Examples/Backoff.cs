using Durable;

namespace Steps;

/// <summary>A failed step is tried again, each time after twice the delay, up to a cap: 1, 2, 4, 8, 10 times 50 ms.</summary>
public static partial class Backoff
{
    private static readonly RetryPolicy s_patient = new()
    {
        MaxAttempts = 6,
        InitialDelay = TimeSpan.FromMilliseconds(50),
        BackoffRate = 2,
        MaxDelay = TimeSpan.FromMilliseconds(500),
        Jitter = Jitter.None, // To show plain figures. The default, Jitter.Full, keeps runs that failed together from coming back together.
    };

    [Workflow] public static partial Task<string> CallBusyServiceAsync();

    private static async Task<string> CallBusyServiceAsyncCore(WorkflowContext workflow)
        => await workflow.StepAsync("call", null, new StepOptions { Retry = s_patient }, CallAsync);

    private static Task<string> CallAsync(StepContext step, CancellationToken cancellationToken)
    {
        if (step.Attempt == s_patient.MaxAttempts)
            return Task.FromResult($"answered in attempt {step.Attempt}");

        // The delays are a pure function: whoever wants to know them asks.
        var delay = s_patient.DelayAfter(step.Attempt, chance: 0);
        Console.WriteLine($"  attempt {step.Attempt}: busy, next one after {delay.TotalMilliseconds} ms");
        throw new TimeoutException("The service is busy.");
    }
}
