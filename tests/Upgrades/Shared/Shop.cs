using Durable;

namespace Orders;

/// <summary>The world outside: it keeps a line for everything that a step's body does to it.</summary>
/// <param name="file">Where the lines are kept.</param>
/// <param name="stops">True to stop each run at the place that its id names.</param>
public sealed class Shop(string file, bool stops)
{
    /// <summary>Where runs stop: before the body of a step, or before the outcome of the run is stored.</summary>
    public static readonly string[] Places = ["Reserve", "Charge", "Mail", "Ship", "end"];

    private readonly Lock _gate = new();

    /// <summary>What a step's body does.</summary>
    public async Task<string> WorkAsync(StepContext step, string what)
    {
        if (stops && step.StepId == $"/{step.RunId["order-".Length..]}")
            await StopAsync(step.RunId);
        lock (_gate)
            File.AppendAllText(file, $"{step.RunId} {step.StepId}\n");
        return what;
    }

    /// <summary>Says that a run has come to its place, and goes no further.</summary>
    public static Task StopAsync(string runId)
    {
        Console.WriteLine($"{runId} stopped");
        return new TaskCompletionSource().Task;
    }
}
