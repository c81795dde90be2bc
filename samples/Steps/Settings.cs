namespace Steps;

/// <summary>What the user asked for on the command line.</summary>
public sealed record Settings
{
    /// <summary>The examples to play; none to list them.</summary>
    public required IReadOnlyList<Example> Examples { get; init; }

    /// <summary>Where the stores are written.</summary>
    public required string Folder { get; init; }

    /// <summary>True in a process that dies in the middle of its example.</summary>
    public required bool Dies { get; init; }
}
