using System.Text;
using Durable.Storage;

namespace Durable.Execution;

/// <summary>The messages of divergence: what is recorded, what the code asked for, what to do.</summary>
internal static class Divergence
{
    private const int Shown = 5;

    private const string KeepOldCode = "keep the old code for runs in flight: put the change behind workflow.Patched(\"...\"), or give the changed workflow a new [Workflow(Version = ...)]";

    public static string NewCallBeforeRecorded(string requested, IReadOnlyList<CheckpointRecord> recorded)
        => Diff("the code calls a step that has no checkpoint, while recorded ones have not been asked for", requested, recorded,
            $"if a step was renamed, mark the new one with [StepAlias(\"{Name(recorded)}\")]; if a step was added or removed, {KeepOldCode}");

    public static string OutOfOrder(string requested, IReadOnlyList<CheckpointRecord> recorded)
        => Diff("the code asks for a recorded step before one that was recorded earlier", requested, recorded,
            $"restore the order of the calls, or {KeepOldCode}");

    public static string StoodStill(IReadOnlyCollection<string> waiting, IReadOnlyList<CheckpointRecord> recorded)
        => Diff("the code waits, but never asked for the checkpoint that comes next", waiting.Count == 0 ? "(nothing)" : string.Join(", ", waiting.Take(Shown)), recorded,
            $"restore the removed call, mark a renamed step with [StepAlias(\"{Name(recorded)}\")], or {KeepOldCode}");

    public static string NeverRequested(string scope, IReadOnlyList<CheckpointRecord> recorded)
        => Diff(scope.Length == 0 ? "the workflow ended without asking for recorded checkpoints" : $"scope '{scope}' ended without asking for recorded checkpoints", "(the end)", recorded,
            $"restore the removed call, mark a renamed step with [StepAlias(\"{Name(recorded)}\")], or {KeepOldCode}");

    public static string OtherKind(string requested, CheckpointKind kind, CheckpointRecord recorded)
        => Diff("the code asks for something of another kind than recorded", $"{requested} ({kind})", [recorded], "give the new call another name");

    public static string ReadByAlias(string requested, CheckpointRecord recorded)
        => Diff("the code calls a step whose checkpoint a renamed step has read by its [StepAlias]", requested, [recorded], "give the new step a name that no alias mentions");

    public static string ArgumentsInSameBuild(string requested, CheckpointRecord recorded)
        => Diff("the same build calls a recorded step with other arguments, so the code between the steps is not deterministic", requested, [recorded],
            "take time, random values and outside data from the workflow's context or from a step; leave a parameter that may differ out with [NotFingerprinted]");

    public static string ArgumentsInOtherBuild(string requested, CheckpointRecord recorded)
        => Diff("another build calls a recorded step with other arguments, and OnArgumentMismatch is Quarantine", requested, [recorded],
            "restore the arguments, or set OnArgumentMismatch to UseStored to go on with the stored outcome");

    public static string Swapped(string requested, CheckpointRecord recorded, CheckpointRecord other)
        => Diff("the arguments of this call belong to another recorded call of the same step: two calls have changed places", requested, [recorded, other],
            $"restore the order of the calls, or mark the parameter that tells them apart with [StepKey] and {KeepOldCode}");

    private static string Diff(string what, string requested, IReadOnlyList<CheckpointRecord> recorded, string advice)
    {
        var text = new StringBuilder($"The code no longer matches the run's checkpoints: {what}.");
        text.Append("\n  recorded:  ").AppendJoin(", ", recorded.Take(Shown).Select(r => $"{r.StepId} (sequence {r.Sequence}, build {r.BuildId})"));
        if (recorded.Count > Shown)
            text.Append($" and {recorded.Count - Shown} more");
        text.Append($"\n  requested: {requested}");
        text.Append($"\n  To go on: {advice}; or call ResumeAsync(acceptDivergence: true) to go on as the code is now: steps that it still calls keep their recorded outcomes, and what it never asks for is cleared when the run completes.");
        return text.ToString();
    }

    private static string Name(IReadOnlyList<CheckpointRecord> recorded) => recorded.Count == 0 ? "old-name" : StepId.Parse(recorded[0].StepId).Name;
}
