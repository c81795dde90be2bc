namespace Durable.TestKit.Programs;

/// <summary>How the steps of a random program are executed that have attempts.</summary>
public static class ProgramAttempts
{
    // The delays of "later" and "each later" are longer than a run waits in memory.
    private static readonly Dictionary<string, StepOptions> s_options = new()
    {
        ["tried"] = new() { Retry = new RetryPolicy { MaxAttempts = 3 } },
        ["later"] = new() { Retry = new RetryPolicy { MaxAttempts = 3, InitialDelay = TimeSpan.FromSeconds(30), Jitter = Jitter.None } },
        ["timed"] = new() { Retry = new RetryPolicy { MaxAttempts = 2, InitialDelay = TimeSpan.FromMilliseconds(500), AttemptTimeout = TimeSpan.FromMilliseconds(300), Jitter = Jitter.None } },
        ["kept"] = new() { Retry = new RetryPolicy { MaxAttempts = 2, Jitter = Jitter.None }, OnFailure = StepFailure.Terminal },
        ["only"] = new() { Mode = StepMode.AtMostOnce },
        ["each"] = new() { Mode = StepMode.AtMostOncePerAttempt, Retry = new RetryPolicy { MaxAttempts = 3, Jitter = Jitter.None } },
        ["each later"] = new() { Mode = StepMode.AtMostOncePerAttempt, Retry = new RetryPolicy { MaxAttempts = 3, InitialDelay = TimeSpan.FromSeconds(20), Jitter = Jitter.None } },
    };

    private static readonly StepOptions s_none = new();

    /// <summary>The names of the steps.</summary>
    public static string[] Names { get; } = [.. s_options.Keys];

    /// <summary>How a step is executed; the defaults for one of another name.</summary>
    /// <param name="name">Its name.</param>
    public static StepOptions Of(string name) => s_options.GetValueOrDefault(name, s_none);
}
