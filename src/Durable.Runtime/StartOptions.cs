namespace Durable;

/// <summary>How <see cref="IDurableClient.StartAsync(WorkflowCall, string?, StartOptions?, CancellationToken)"/> treats a run that exists already.</summary>
public sealed class StartOptions
{
    /// <summary>What to do when the run exists and has failed. Default <see cref="Durable.IfFailed.Return"/>.</summary>
    public IfFailed IfFailed { get; set; } = IfFailed.Return;

    /// <summary>
    /// How long the run may take from when it is accepted, by the store's clock: waits, retries and time in which no worker runs included. Then it is canceled as by <see cref="RunHandle.CancelAsync"/>. Null (default) for no limit.
    /// Counts for the run that this start creates; one that exists keeps its own. A resume does not prolong it: a run that is resumed after its deadline is canceled again at its first call without a record.
    /// </summary>
    public TimeSpan? Timeout { get; set; }
}

/// <summary>What to do when a run that is started again has failed.</summary>
public enum IfFailed
{
    /// <summary>Return the handle of the failed run as it is.</summary>
    Return = 0,

    /// <summary>Resume the run: failed steps run again, completed ones do not.</summary>
    Resume = 1,
}
