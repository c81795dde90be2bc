using Durable;

namespace DataPipeline;

/// <summary>Starts the run, shows its failure, corrects the data and resumes it.</summary>
public sealed class PipelineStory(IDurableClient client, Workplace workplace, EventLog events)
{
    public const string RunId = "sales-report";

    private readonly List<IReadOnlyList<PipelineEvent>> _phases = [];

    /// <exception cref="RunFailedException">The run failed on data that only the user can correct.</exception>
    public async Task RunAsync(IReadOnlyList<string> regions, CancellationToken cancellationToken)
    {
        // A run that failed in an earlier process goes on; one that completed is only looked at.
        var again = new StartOptions { IfFailed = IfFailed.Resume };
        var run = await client.StartAsync(PipelineWorkflow.BuildReportCall(regions), RunId, again, cancellationToken);

        var failure = await WaitAsync(run, cancellationToken);
        if (failure is not null && await workplace.CorrectAsync(cancellationToken) is { } corrected)
        {
            Console.WriteLine($"\n{Path.GetFileName(corrected)} is corrected. The run is resumed:");
            await run.ResumeAsync(cancellationToken: cancellationToken);
            failure = await WaitAsync(run, cancellationToken);
        }

        Console.WriteLine($"\n{new CallTable(_phases)}\n");
        Console.WriteLine(new History(await run.GetCheckpointsAsync(cancellationToken)));
        if (failure is not null)
            throw failure;

        var revenue = await run.GetResultAsync(cancellationToken);
        Console.WriteLine($"\nThe report is in {workplace.Report}. Revenue: {revenue}.");
        if (_phases is [[]])
            Console.WriteLine("Everything was done already: nothing ran, nothing was replayed.");
    }

    /// <returns>The failure, if the run failed.</returns>
    private async Task<RunFailedException?> WaitAsync(RunHandle run, CancellationToken cancellationToken)
    {
        RunFailedException? failure = null;
        try
        {
            await run.GetResultAsync(cancellationToken);
        }
        catch (RunFailedException exception)
        {
            failure = exception;
            Console.WriteLine("The run has failed:");
            for (var error = exception.Error; error is not null; error = error.Inner)
                Console.WriteLine($"  {(error == exception.Error ? "" : "caused by ")}{error.TypeName}: {error.Message}");
        }

        _phases.Add(events.Take());
        return failure;
    }
}
