using Durable.Storage;

namespace Durable.Execution;

/// <summary>A checkpoint of the run itself, stored and delivered in order like those of its steps.</summary>
internal sealed class RunMark(RunDriver driver, CheckpointKind kind) : BodilessCall(driver, driver.Root, StepId.Run, fingerprint: 0, isShielded: true)
{
    public override CheckpointKind Kind => kind;

    // What follows from it is the driver's.
    public override void Deliver(CheckpointRecord record)
    {
    }

    public override void Cancel(RunCanceledException exception) => throw new NotSupportedException("A checkpoint of the run itself waits for nothing that could be canceled.");
}
