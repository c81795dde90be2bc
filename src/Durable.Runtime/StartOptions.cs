namespace Durable;

/// <summary>How <see cref="IDurableClient.StartAsync(WorkflowCall, string?, StartOptions?, CancellationToken)"/> treats a run that exists already.</summary>
public sealed class StartOptions
{
    /// <summary>What to do when the run exists and has failed. Default <see cref="Durable.IfFailed.Return"/>.</summary>
    public IfFailed IfFailed { get; set; } = IfFailed.Return;
}

/// <summary>What to do when a run that is started again has failed.</summary>
public enum IfFailed
{
    /// <summary>Return the handle of the failed run as it is.</summary>
    Return = 0,

    /// <summary>Resume the run: failed steps run again, completed ones do not.</summary>
    Resume = 1,
}
