using Durable;

namespace MultiStepOperations;

/// <summary>How a situation stands at one moment.</summary>
/// <param name="Recorded">The steps whose outcome the store holds: they must not run again.</param>
/// <param name="Bodies">How often each step's body has reached the outside world, as the ledger tells it.</param>
public sealed record Standing(IReadOnlyCollection<string> Recorded, IReadOnlyDictionary<string, int> Bodies)
{
    public static async Task<Standing> LookAsync(Situation situation, IDurableClient client, Ledger ledger, CancellationToken cancellationToken)
    {
        var lines = ledger.Read(situation.Username);
        return new Standing(
            await ReadRecordedAsync(client.GetRun(situation.RunId), cancellationToken),
            StepNames.All.ToDictionary(step => step, step => lines.Count(line => line.Place == step)));
    }

    private static async Task<IReadOnlyCollection<string>> ReadRecordedAsync(RunHandle run, CancellationToken cancellationToken)
    {
        try
        {
            var checkpoints = await run.GetCheckpointsAsync(cancellationToken);
            return [.. checkpoints.Where(checkpoint => checkpoint.Status == CheckpointStatus.Completed).Select(checkpoint => checkpoint.Name)];
        }
        catch (RunNotFoundException)
        {
            return []; // Nobody has called yet.
        }
    }
}
