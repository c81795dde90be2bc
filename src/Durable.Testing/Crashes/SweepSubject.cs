using Durable.Storage;

namespace Durable.Testing.Crashes;

/// <summary>What is swept: the runs, and the application that executes them.</summary>
internal sealed record SweepSubject(IReadOnlyList<SweptRun> Runs, Func<TrialWorld> NewWorld, CrashOptions Options)
{
    /// <summary>How a point names a body: by its step, after its run where there are several, or where it is a child.</summary>
    public string NameBody(string runId, string stepId) => Runs.Count == 1 && Runs[0].RunId == runId ? stepId : runId + stepId;
}

/// <summary>A run to be started.</summary>
internal sealed record SweptRun(string RunId, WorkflowCall Call);

/// <summary>What outlives the hosts of one execution, besides the store.</summary>
/// <param name="Configure">Configures a host.</param>
/// <param name="Check">Throws when the outside world is not as it should be in the end; null for no check.</param>
internal sealed record TrialWorld(Action<DurableBuilder> Configure, Action? Check);
