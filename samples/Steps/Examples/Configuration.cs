using Durable;

namespace Steps;

/// <summary>What can be said of a step besides what it does: on its declaration, or for an inline step in its options.</summary>
public static partial class Configuration
{
    private static readonly StepOptions s_options = new()
    {
        Retry = new RetryPolicy { MaxAttempts = 3, InitialDelay = TimeSpan.FromMilliseconds(10), RetryOn = [typeof(IOException), typeof(TimeoutException)] },
        Mode = StepMode.AtLeastOnce,
    };

    [Workflow] public static partial Task<string> ProcessAsync(string data);

    [Step(Mode = StepMode.AtLeastOnce), Retry(MaxAttempts = 3, InitialDelay = "10ms", RetryOn = [typeof(IOException), typeof(TimeoutException)])]
    private static partial Task<string> ProcessDataAsync(string data);

    private static async Task<string> ProcessAsyncCore(string data, WorkflowContext workflow)
    {
        var declared = await ProcessDataAsync(data);
        var inline = await workflow.StepAsync("process-inline", null, s_options, (step, _) => Task.FromResult(ProcessDataAsyncCore(data, step)));
        return $"{declared}, {inline}";
    }

    private static string ProcessDataAsyncCore(string data, StepContext step)
    {
        Console.WriteLine($"  {step.StepId}, attempt {step.Attempt}");
        return step.Attempt < 3 ? throw new IOException("The line was cut.") : $"{data} processed in attempt {step.Attempt}";
    }
}
