namespace Durable;

/// <summary>How a child run is started.</summary>
public sealed class ChildOptions
{
    /// <summary>Distinguishes children of one workflow in this run; part of the child's run id. Null (default) for none.</summary>
    public string? Key { get; init; }

    /// <summary>How long the child may take, from its start on; then it is canceled. Null (default) for no limit.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>What becomes of the child when this run ends first. Default <see cref="ParentClosePolicy.Cancel"/>.</summary>
    public ParentClosePolicy ClosePolicy { get; init; }
}
