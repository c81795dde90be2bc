using Durable;

namespace DataPipeline;

/// <summary>The run's checkpoints, as the store keeps them.</summary>
public sealed class History(IReadOnlyList<Checkpoint> checkpoints)
{
    public override string ToString()
        => string.Join(Environment.NewLine, ["Recorded", .. checkpoints.Select(Line)]);

    private static string Line(Checkpoint checkpoint) => checkpoint.Kind == CheckpointKind.RunForked
        ? $"{checkpoint.Sequence,4}  copied up to here"
        : $"{checkpoint.Sequence,4}  {checkpoint.StepId,-18}  {checkpoint.Status,-9}  by {(checkpoint.Epoch == 0 ? "another run" : $"incarnation {checkpoint.Epoch}")}";
}
