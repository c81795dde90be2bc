using Durable.Testing.History;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.SoakTarget;

/// <summary>A process that starts runs, waits for them, and resumes those that fail. It begins where those before it are not known to have come to.</summary>
public sealed class Client(Workplace place)
{
    private const int Batch = 40;

    /// <summary>Starts runs, some at a time.</summary>
    /// <param name="count">How many there are in the end.</param>
    public async Task RunAsync(int count)
    {
        await using var services = new ServiceCollection().AddDurableClient(place.Configure).BuildServiceProvider();
        var client = new RecordedClient(services.GetRequiredService<IDurableClient>(), place.History);
        var ended = place.Progress;
        do
        {
            // The first time, what a client that was killed may have left under way.
            await Task.WhenAll(Enumerable.Range(ended + 1, Batch).Select(number => RunAsync(client, number)));
            place.Progress = ended += Batch;
        }
        while (ended < count);
        Console.WriteLine("all have ended");
    }

    private async Task RunAsync(RecordedClient client, int number)
    {
        var run = await client.StartAsync(Story.TellCall(number), $"run-{number:00000}");
        var (status, tale) = await client.WaitAsync(run, Describe);
        // More than once where an earlier client died between repair and resume, or another run attempt began before the repair.
        while (status == RunStatus.Failed)
        {
            place.MakeRepair(run.RunId);
            await run.ResumeAsync();
            (status, tale) = await client.WaitAsync(run, Describe);
        }

        if (status != RunStatus.Completed)
            throw new InvalidOperationException($"{run.RunId} is {status}.");
        foreach (var link in tale!.Links)
            place.History.ResultSeen(run.RunId, link.Step, link.Proof.ToString());
    }

    private static string Describe(Tale tale) => string.Join(' ', tale.Links.Select(link => $"{link.Step}={link.Proof}"));
}
