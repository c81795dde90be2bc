using Durable.Storage;

namespace Durable.Sqlite.Tests;

/// <summary>Records to write.</summary>
internal static class Sample
{
    public static readonly WorkflowIdentity Workflow = new("Order", 1);

    public static readonly ClaimRequest Claim = new() { Worker = "w1", Max = 100, Lease = TimeSpan.FromSeconds(30), Workflows = [Workflow] };

    public static NewRun Run(string runId) => new() { RunId = runId, Workflow = Workflow, Input = "{}"u8.ToArray(), Fingerprint = 1 };

    public static RunCommit Commit(RunRecord held, params CheckpointRecord[] checkpoints)
        => new() { RunId = held.RunId, Epoch = held.Epoch, Checkpoints = checkpoints };

    public static NewSignal Signal(string runId, string name = "go") => new() { RunId = runId, Name = name, Payload = "1"u8.ToArray() };

    public static CheckpointRecord Step(long sequence) => new()
    {
        Sequence = sequence,
        StepId = "Charge",
        Kind = CheckpointKind.Step,
        Status = CheckpointStatus.Completed,
        Attempt = 1,
        Epoch = 1,
        Fingerprint = 1,
        BuildId = "build",
        StartedAt = DateTimeOffset.UnixEpoch,
        CompletedAt = DateTimeOffset.UnixEpoch,
        Result = "7"u8.ToArray(),
    };
}
