using Durable.Execution;

namespace Durable.Workers;

/// <summary>Reports workflow code that does not return: a blocking wait stops its run, since nothing can be delivered to it.</summary>
internal sealed class Watchdog(Engine engine, Worker worker)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await engine.Delay(engine.Options.BlockingWaitThreshold / 2, cancellationToken);
                foreach (var run in worker.Held())
                    Check(run);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The worker stops.
        }
    }

    private void Check(HeldRun run)
    {
        var startedAt = run.Incarnation.TurnStartedAt;
        if (startedAt == 0 || run.WatchdogReported)
            return;
        var elapsed = engine.Time.GetElapsedTime(startedAt);
        if (elapsed < engine.Options.BlockingWaitThreshold)
            return;
        run.WatchdogReported = true;
        Log.BlockingWait(engine.Log, run.Lease.RunId, run.Incarnation.Workflow, Math.Round(elapsed.TotalSeconds, 1));
    }
}
