using System.Text;
using Durable.Storage;

namespace Durable.Execution;

/// <summary>
/// Which runs may be what ends the processes that hold them: those that were taken over again and again, by <see cref="RunRecord.Takeovers"/>, without anything having been stored. Whoever debugs wants to see what happens: then none is.
/// </summary>
internal static class Poison
{
    /// <summary>From this many takeovers on a run executes alone.</summary>
    public const int AloneFrom = 3;

    private const int Shown = 5;

    /// <summary>True for a run that must not execute any more.</summary>
    public static bool Is(Engine engine, RunRecord run) => run.Takeovers >= engine.Options.PoisonLimit && !engine.IsDebugged();

    /// <summary>True for a run that executes alone. Before it reaches the limit every run has done so at least once: none is set aside for what another has done.</summary>
    public static bool IsSuspected(Engine engine, RunRecord run)
        => run.Takeovers >= Math.Min(AloneFrom, engine.Options.PoisonLimit - 1) && run.Takeovers < engine.Options.PoisonLimit && !engine.IsDebugged();

    /// <summary>Why the run is set aside, and what to do.</summary>
    /// <param name="run">The run.</param>
    /// <param name="limit">The limit that it has reached.</param>
    /// <param name="checkpoints">What is stored of it; null where that was not read.</param>
    public static string Message(RunRecord run, int limit, IReadOnlyList<CheckpointRecord>? checkpoints)
    {
        var text = new StringBuilder($"{run.Takeovers} times in a row the process that executed the run died, or lost it, before it had stored anything of it (DurableOptions.PoisonLimit is {limit}). It is not executed again.");
        if (checkpoints is not null)
        {
            var last = checkpoints.LastOrDefault(static checkpoint => checkpoint.Status != CheckpointStatus.Cleared);
            text.Append($"\n  last stored: {(last is null ? "(nothing)" : Name(last))}; what ends the process comes after it");
            var begun = Begun(checkpoints);
            if (begun.Count > 0)
                text.Append("\n  begun and not ended: ").AppendJoin(", ", begun.Take(Shown).Select(Name));
            if (begun.Count > Shown)
                text.Append($" and {begun.Count - Shown} more");
        }

        text.Append("\n  To go on: find out what ended the process (its exit code, its last output, a crash dump, the memory of the machine), fix the code or the machine, and call ResumeAsync(): the run executes again, and counting starts anew.");
        return text.ToString();
    }

    // Only steps that run at most once note their beginnings.
    private static List<CheckpointRecord> Begun(IReadOnlyList<CheckpointRecord> checkpoints)
    {
        var begun = new Dictionary<string, CheckpointRecord>();
        foreach (var checkpoint in checkpoints.Where(static checkpoint => checkpoint.Status != CheckpointStatus.Cleared))
        {
            if (checkpoint.Kind == CheckpointKind.StepStarted)
                begun[checkpoint.StepId] = checkpoint;
            else if (checkpoint.Kind is CheckpointKind.Step or CheckpointKind.StepAttempt)
                begun.Remove(checkpoint.StepId);
        }

        return [.. begun.Values.OrderBy(static checkpoint => checkpoint.Sequence)];
    }

    private static string Name(CheckpointRecord checkpoint) => $"{checkpoint.StepId} (sequence {checkpoint.Sequence})";
}
