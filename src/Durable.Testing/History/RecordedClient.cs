namespace Durable.Testing.History;

/// <summary>A client that writes down what it was told: which runs were accepted, and how they ended.</summary>
/// <param name="client">The client.</param>
/// <param name="history">The ledger; not disposed.</param>
public sealed class RecordedClient(IDurableClient client, HistoryWriter history)
{
    /// <summary>Starts a run.</summary>
    /// <typeparam name="TResult">The workflow's result.</typeparam>
    /// <param name="call">The workflow and its arguments.</param>
    /// <param name="runId">The run's name.</param>
    /// <param name="options">How to treat a run that exists; null for the defaults.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<RunHandle<TResult>> StartAsync<TResult>(WorkflowCall<TResult> call, string runId, StartOptions? options = null, CancellationToken cancellationToken = default)
    {
        var offer = history.Add(new HistoryLine { Event = HistoryEvent.RunOffered, RunId = runId });
        var run = await client.StartAsync(call, runId, options, cancellationToken);
        history.Add(new HistoryLine { Event = HistoryEvent.RunAccepted, RunId = runId, Call = offer });
        return run;
    }

    /// <summary>Waits for the end of a run.</summary>
    /// <typeparam name="TResult">The workflow's result.</typeparam>
    /// <param name="run">The run.</param>
    /// <param name="describe">The result in words: equal for equal results, different for different ones. Null for its <see cref="object.ToString"/>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How it ended, and the result where it completed.</returns>
    public async Task<(RunStatus Status, TResult? Result)> WaitAsync<TResult>(RunHandle<TResult> run, Func<TResult, string>? describe = null, CancellationToken cancellationToken = default)
    {
        var since = history.Now;
        try
        {
            var result = await run.GetResultAsync(cancellationToken);
            Seen(run.RunId, since, RunStatus.Completed, describe is null ? result?.ToString() ?? "" : describe(result));
            return (RunStatus.Completed, result);
        }
        catch (RunFailedException exception)
        {
            Seen(run.RunId, since, RunStatus.Failed, exception.Message);
            return (RunStatus.Failed, default);
        }
        catch (RunCanceledException exception)
        {
            Seen(run.RunId, since, RunStatus.Canceled, exception.Message);
            return (RunStatus.Canceled, default);
        }
        catch (RunQuarantinedException exception)
        {
            Seen(run.RunId, since, RunStatus.Quarantined, exception.Message);
            return (RunStatus.Quarantined, default);
        }
    }

    private void Seen(string runId, long since, RunStatus status, string result)
        => history.Add(new HistoryLine { Event = HistoryEvent.OutcomeSeen, RunId = runId, Since = since, Status = status, Result = result });
}
