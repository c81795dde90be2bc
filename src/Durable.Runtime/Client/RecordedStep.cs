using Durable.Execution;
using Durable.Storage;

namespace Durable.Client;

/// <summary>What is recorded of one step and counts for replay.</summary>
/// <param name="Outcome">Its outcome; null while it has none.</param>
/// <param name="Notes">Its attempts, in order.</param>
internal sealed record RecordedStep(CheckpointRecord? Outcome, IReadOnlyList<CheckpointRecord> Notes)
{
    private const int Named = 5;

    /// <summary>The last that is recorded of the step.</summary>
    public CheckpointRecord Last => Outcome ?? Notes[^1];

    /// <summary>The sequences of all of it.</summary>
    public IEnumerable<long> Sequences => Notes.Select(note => note.Sequence).Concat(Outcome is null ? [] : [Outcome.Sequence]);

    /// <summary>The step; null when nothing is recorded of it.</summary>
    public static RecordedStep? Of(string stepId, IReadOnlyList<CheckpointRecord> checkpoints)
    {
        CheckpointRecord? outcome = null;
        var notes = new List<CheckpointRecord>();
        foreach (var checkpoint in checkpoints)
        {
            if (checkpoint.StepId != stepId || checkpoint.Status == CheckpointStatus.Cleared)
                continue;
            if (checkpoint.Kind == CheckpointKind.Step)
                outcome = checkpoint;
            else if (checkpoint.Kind is CheckpointKind.StepStarted or CheckpointKind.StepAttempt)
                notes.Add(checkpoint);
        }

        return outcome is null && notes.Count == 0 ? null : new RecordedStep(outcome, notes);
    }

    /// <summary>Which steps there are, for those who asked for another.</summary>
    public static string Tell(IReadOnlyList<CheckpointRecord> checkpoints)
    {
        var open = checkpoints
            .Where(checkpoint => checkpoint.Kind is CheckpointKind.Step or CheckpointKind.StepStarted or CheckpointKind.StepAttempt && checkpoint.Status != CheckpointStatus.Cleared)
            .GroupBy(checkpoint => checkpoint.StepId)
            .Where(step => !step.Any(checkpoint => checkpoint is { Kind: CheckpointKind.Step, Status: CheckpointStatus.Completed }))
            .Select(step => $"'{step.Key}'")
            .ToList();
        return open.Count == 0
            ? "None of its recorded steps can be decided on. GetCheckpointsAsync() tells them."
            : $"Steps that can be decided on: {string.Join(", ", open.Take(Named))}{(open.Count > Named ? ", ..." : "")}.";
    }
}
