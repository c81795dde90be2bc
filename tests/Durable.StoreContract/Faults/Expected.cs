namespace Durable.Storage.Contract.Faults;

/// <summary>What a scenario leaves, whichever call went wrong.</summary>
internal sealed record Expected
{
    /// <summary>The ends of the run, in order.</summary>
    public RunStatus[] Ends { get; init; } = [RunStatus.Completed];

    /// <summary>The checkpoints, as "id status". One that was cleared is named beside the one that took its place.</summary>
    public required string[] Steps { get; init; }

    /// <summary>Checkpoints that no body made, as "id status".</summary>
    public string[] Notes { get; init; } = [];

    /// <summary>The step, as "id status", whose body was under way when the run was canceled: its outcome is stored, or was lost with the hold on the run and is not made again.</summary>
    public string? Perhaps { get; init; }

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
