using Durable;

namespace Steps;

/// <summary>Where an example plays: starts its run, tells the outcome, and what the store holds of it.</summary>
public sealed class Stage(Example example, IDurableClient client, Notebook notebook, CancellationToken cancellationToken)
{
    /// <summary>What the world outside remembers.</summary>
    public Notebook Notebook => notebook;

    /// <summary>Starts the run, or finds the one that exists, and waits for its end.</summary>
    public async Task<RunHandle<TResult>> RunAsync<TResult>(WorkflowCall<TResult> call)
    {
        var run = await client.StartAsync(call, runId: example.Name, cancellationToken: cancellationToken);
        await TellAsync(run);
        return run;
    }

    /// <summary>Lets the failed run go on, and waits for its end.</summary>
    public async Task ResumeAsync<TResult>(RunHandle<TResult> run)
    {
        await run.ResumeAsync(cancellationToken: cancellationToken);
        await TellAsync(run);
    }

    private async Task TellAsync<TResult>(RunHandle<TResult> run)
    {
        try
        {
            Console.WriteLine($"  Result: {await run.GetResultAsync(cancellationToken)}");
        }
        catch (RunFailedException failed)
        {
            Console.WriteLine($"  Failed: {failed.Error.Message}");
        }
    }
}
