using Durable.Execution;

namespace Durable.Workers;

/// <summary>The line a worker logs when it starts to work: what it finds.</summary>
internal static class StartupReport
{
    public static async Task LogAsync(Engine engine, CancellationToken cancellationToken)
    {
        var counts = await engine.Store.CountRunsAsync(cancellationToken);
        var known = counts.Where(count => engine.Workflows.TryGet(count.Workflow, out _)).ToList();
        var unregistered = counts.Except(known).Where(count => count.Status is RunStatus.Pending or RunStatus.Running or RunStatus.Suspended).ToList();
        Log.WorkerStarted(
            engine.Log,
            engine.Worker,
            engine.BuildId,
            known.Where(count => count.Status is RunStatus.Running or RunStatus.Suspended).Sum(count => count.Count),
            known.Where(count => count.Status == RunStatus.Pending).Sum(count => count.Count),
            counts.Where(count => count.Status == RunStatus.Quarantined).Sum(count => count.Count),
            unregistered.Sum(count => count.Count));
        foreach (var waiting in unregistered.GroupBy(count => count.Workflow))
            Log.WorkflowUnregistered(engine.Log, waiting.Sum(count => count.Count), waiting.Key.Name, waiting.Key.Version);
    }
}
