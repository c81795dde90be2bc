using Durable;

namespace DataPipeline;

/// <summary>Starts the run, or a new one over what it had recorded, shows its failure, corrects the data and resumes it.</summary>
public sealed class PipelineStory(IDurableClient client, Settings settings, Workplace workplace, EventLog events)
{
    public const string RunId = "sales-report";

    private readonly List<IReadOnlyList<PipelineEvent>> _phases = [];

    /// <exception cref="RunFailedException">The run failed on data that only the user can correct.</exception>
    public async Task RunAsync(IReadOnlyList<string> regions, CancellationToken cancellationToken)
    {
        var run = settings.Restore is { } checkpoint ? await RestoreAsync(checkpoint, cancellationToken) : await StartAsync(regions, cancellationToken);
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

    // A run that failed in an earlier process goes on; one that completed is only looked at.
    private Task<RunHandle<decimal>> StartAsync(IReadOnlyList<string> regions, CancellationToken cancellationToken)
        => client.StartAsync(PipelineWorkflow.BuildReportCall(regions), RunId, new StartOptions { IfFailed = IfFailed.Resume }, cancellationToken);

    // The older run stays as it is. The new one has a name of its own, so that restoring again finds it.
    private async Task<RunHandle<decimal>> RestoreAsync(long checkpoint, CancellationToken cancellationToken)
    {
        try
        {
            var run = await client.GetRun<decimal>(RunId).RestoreAsync(checkpoint, $"{RunId}-from-{checkpoint}", cancellationToken);
            if (await run.GetStatusAsync(cancellationToken) == RunStatus.Failed)
                await run.ResumeAsync(cancellationToken: cancellationToken);
            return run;
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new UsageException($"--restore takes a checkpoint of run '{RunId}', which has no {checkpoint}. Its checkpoints are listed under 'Recorded'.");
        }
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
