namespace Durable.Storage.Contract.Faults;

/// <summary>What a scenario leaves, whichever call went wrong.</summary>
internal sealed record Expected
{
    /// <summary>The ends of the run, in order.</summary>
    public RunStatus[] Ends { get; init; } = [RunStatus.Completed];

    /// <summary>The checkpoints, as "id status". One that was cleared is named beside the one that took its place.</summary>
    public required string[] Steps { get; init; }

    /// <summary>How often bodies are executed that the scenario itself executes more than once.</summary>
    public Dictionary<string, int> Executions { get; init; } = [];

    /// <summary>True when bodies run side by side.</summary>
    public bool HasBodiesBeside { get; init; }

    /// <summary>How many claims the run takes where nothing is lost; null where other runs of the store have a say in it.</summary>
    public long? Epoch { get; init; } = 1;

    /// <summary>Every resume is an attempt; nothing else is.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>How often the body of a step is executed when no fault repeats it.</summary>
    public int ExecutionsOf(string step) => Executions.GetValueOrDefault(step, 1);
}
