using Durable;

namespace Steps;

/// <summary>Only errors that may pass are tried again; the others fail the step at once.</summary>
public static partial class ChosenErrors
{
    [Workflow] public static partial Task<string> LookUpBothAsync();

    // Exceptions derived from those that are named count too.
    [Step, Retry(MaxAttempts = 3, InitialDelay = "10ms", RetryOn = [typeof(IOException)])]
    private static partial Task<string> LookUpAsync([StepKey] string account);

    private static async Task<string> LookUpBothAsyncCore()
    {
        var known = await LookUpAsync("known");
        try
        {
            return await LookUpAsync("unknown");
        }
        catch (StepFailedException failure) when (failure.IsCausedBy<KeyNotFoundException>())
        {
            return $"{known}; the other one failed after {failure.Attempts} attempt";
        }
    }

    private static string LookUpAsyncCore(string account, StepContext step)
    {
        Console.WriteLine($"  {step.StepId}, attempt {step.Attempt}");
        if (account == "unknown")
            throw new KeyNotFoundException("There is no such account.");
        return step.Attempt < 3 ? throw new EndOfStreamException("The line was cut.") : $"found in attempt {step.Attempt}";
    }
}
