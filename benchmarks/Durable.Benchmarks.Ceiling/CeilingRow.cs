namespace Durable.Benchmarks.Ceiling;

/// <summary>One checkpoint row, and who waits for it.</summary>
internal sealed class CeilingRow(long run, long sequence)
{
    public long Run { get; } = run;

    public long Sequence { get; } = sequence;

    public TaskCompletionSource Committed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
