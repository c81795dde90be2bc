namespace DataPipeline;

/// <summary>What can happen while the pipeline runs.</summary>
public enum EventKind
{
    /// <summary>A step's body was entered. Said by the body.</summary>
    Invoked,

    /// <summary>A step's body returned. Said by the engine.</summary>
    Completed,

    /// <summary>A step's body threw. Said by the engine.</summary>
    Failed,

    /// <summary>A step's recorded outcome was used; its body did not run. Said by the engine.</summary>
    Replayed,

    /// <summary>A plain function was entered. Said by the function: the engine knows nothing of it.</summary>
    Called,
}
