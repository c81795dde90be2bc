namespace Durable;

/// <summary>What ended a map.</summary>
public enum MapEnd
{
    /// <summary>All branches have ended, and no more failed than may.</summary>
    AllCompleted = 0,

    /// <summary>As many branches have succeeded as must (<see cref="MapOptions.MinSuccessful"/>).</summary>
    MinSuccessfulReached = 1,

    /// <summary>More branches failed than may: the map has failed.</summary>
    FailureToleranceExceeded = 2,
}
