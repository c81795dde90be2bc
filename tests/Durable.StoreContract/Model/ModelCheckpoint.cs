namespace Durable.Storage.Contract.Model;

/// <summary>Checkpoints to store.</summary>
internal static class ModelCheckpoint
{
    public static CheckpointRecord Of(ModelWorld world, long sequence, long epoch, int size) => new()
    {
        Sequence = sequence,
        StepId = $"Step[{sequence}]",
        Kind = CheckpointKind.Step,
        Status = sequence % 3 == 0 ? CheckpointStatus.Failed : CheckpointStatus.Completed,
        Attempt = 1 + size,
        Epoch = epoch,
        Fingerprint = -sequence,
        BuildId = "build",
        StartedAt = world.Clock.GetUtcNow(),
        CompletedAt = world.Clock.GetUtcNow().AddTicks(size),
        Arguments = Payload.Of(size / 2),
        Result = Payload.Of(size),
    };
}
