namespace OrderProcessing;

/// <summary>When to crash.</summary>
public enum CrashPoint
{
    /// <summary>Not at all.</summary>
    Never,

    /// <summary>Right after the step's outcome is committed: the step must not run again.</summary>
    AfterStep,

    /// <summary>Inside the step's body, after the outside service was called: the step runs again, with the same token.</summary>
    InStep,
}
