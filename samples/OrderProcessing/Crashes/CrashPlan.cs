using System.Diagnostics;
using Durable;
using Durable.Storage;

namespace OrderProcessing;

/// <summary>Kills this process once, hard, at the order in the middle of those that still have the step ahead of them.</summary>
public sealed class CrashPlan(CrashPoint point, string? step)
{
    private int _countdown;

    /// <summary>The runs that the step is part of.</summary>
    public required IReadOnlyCollection<string> Runs { get; init; }

    /// <summary>How many orders there are in those runs.</summary>
    public required int Orders { get; init; }

    /// <summary>True for a stored outcome of the step; the step's id ends in <c>/Name[key]#ordinal</c>.</summary>
    public bool IsOutcome(CheckpointRecord checkpoint)
        => checkpoint is { Kind: CheckpointKind.Step, Status: CheckpointStatus.Completed or CheckpointStatus.Interrupted } && checkpoint.StepId[(checkpoint.StepId.LastIndexOf('/') + 1)..].Split('[', '#')[0] == step;

    /// <param name="behind">How many orders have the step behind them.</param>
    public void Arm(int behind)
    {
        var ahead = Orders - behind;
        if (point != CrashPoint.Never && ahead == 0)
            Console.WriteLine($"No crash: no order has {step} ahead of it.");
        _countdown = ahead / 2 + 1;
    }

    public void OnBodyStarted(string started)
    {
        if (point == CrashPoint.InStep && started == step)
            CountDown();
    }

    public void OnCommitted(RunCommit commit)
    {
        if (point != CrashPoint.AfterStep)
            return;
        foreach (var _ in commit.Checkpoints.Where(IsOutcome)) // Orders that are shipped together are committed together.
            CountDown();
    }

    private void CountDown()
    {
        if (Interlocked.Decrement(ref _countdown) == 0)
            Process.GetCurrentProcess().Kill(); // SIGKILL: no finally, no flush, no goodbye.
    }
}
