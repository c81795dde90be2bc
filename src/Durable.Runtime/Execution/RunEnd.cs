namespace Durable.Execution;

/// <summary>How an incarnation ended.</summary>
internal enum RunEnd
{
    /// <summary>The run reached an outcome or was quarantined, and that is stored.</summary>
    Ended,

    /// <summary>The run was given back: any worker may go on with it at once.</summary>
    Released,

    /// <summary>The hold was lost or given up: nothing more is written, the run goes on elsewhere when its lease has passed.</summary>
    Lost,

    /// <summary>The run left memory and is still held: the next pass replays it.</summary>
    Unloaded,
}
