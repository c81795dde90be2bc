using System.Text;
using Durable;

namespace Steps;

/// <summary>What the store holds of a run: the outcomes of its steps, and what was noted on the way there.</summary>
public sealed class History(IReadOnlyList<Checkpoint> checkpoints)
{
    public override string ToString() => string.Join(Environment.NewLine, ["  Recorded:", .. checkpoints.Select(Line)]);

    private static string Line(Checkpoint checkpoint) => $"    {checkpoint.StepId,-20}  {Tell(checkpoint)}".TrimEnd();

    private static string Tell(Checkpoint checkpoint) => checkpoint switch
    {
        { Kind: CheckpointKind.StepStarted } => $"attempt {checkpoint.Attempt} begins",
        { Status: CheckpointStatus.Completed } => Encoding.UTF8.GetString(checkpoint.Result.Span),
        { Kind: CheckpointKind.StepAttempt, Status: CheckpointStatus.Interrupted } => $"attempt {checkpoint.Attempt} interrupted",
        { Kind: CheckpointKind.StepAttempt } => $"attempt {checkpoint.Attempt} failed: {checkpoint.Error?.Message}",
        { Status: CheckpointStatus.Interrupted } => "interrupted",
        _ => $"{checkpoint.Status.ToString().ToLowerInvariant()}: {checkpoint.Error?.Message}",
    };
}
