namespace Durable;

/// <summary>What becomes of a step that has failed for good when its run gets another attempt.</summary>
public enum StepFailure
{
    /// <summary>It runs again, with all its attempts, unless the code caught the failure and went on with durable work.</summary>
    Resumable = 0,

    /// <summary>The failure is kept for good: every later attempt of the run gets it again.</summary>
    Terminal = 1,
}
