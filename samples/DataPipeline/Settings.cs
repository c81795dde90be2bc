namespace DataPipeline;

/// <summary>What the user asked for on the command line.</summary>
public sealed record Settings
{
    /// <summary>The folder of everything that the program writes.</summary>
    public required string Folder { get; init; }

    /// <summary>The user's own sales files; null for a copy of those that come with the sample.</summary>
    public required string? Input { get; init; }

    /// <summary>True to leave the bad row out of that copy.</summary>
    public required bool GoodData { get; init; }

    /// <summary>The checkpoint of the run up to which a new run is to have its results; null for the run itself.</summary>
    public required long? Restore { get; init; }

    /// <summary>How long each call of the source and the target takes.</summary>
    public required TimeSpan Latency { get; init; }
}
