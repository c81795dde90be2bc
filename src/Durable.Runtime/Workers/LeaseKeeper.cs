using Durable.Execution;
using Durable.Storage;

namespace Durable.Workers;

/// <summary>Renews the leases of a worker's runs at a third of their duration, again and sooner where that fails, and gives a run up by the worker's own monotonic clock at two thirds, before anybody else can claim it.</summary>
internal sealed class LeaseKeeper(Engine engine, Worker worker)
{
    private static readonly TimeSpan s_shortest = TimeSpan.FromMilliseconds(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Task.WhenAll(KeepAsync(cancellationToken), GiveUpAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The worker stops.
        }
    }

    private async Task KeepAsync(CancellationToken cancellationToken)
    {
        var wait = worker.Lease / 3;
        while (true)
        {
            await engine.Delay(wait, cancellationToken);
            // Between the first try and giving up lies a third of the lease: after one that failed or hung there is time for more than another one.
            wait = await TryRenewAsync(cancellationToken) ? worker.Lease / 3 : worker.Lease / 12;
        }
    }

    // Beside the renewals, not after them: a store that hangs must not put off what the worker's own clock decides.
    private async Task GiveUpAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await engine.Delay(UntilNextDeadline(), cancellationToken);
            GiveUpTheUnconfirmed();
        }
    }

    // Looks again after a sixth at the latest: a run whose claim took the store long comes with a deadline that is near.
    private TimeSpan UntilNextDeadline()
    {
        var wait = worker.Lease / 6;
        foreach (var run in worker.Held())
        {
            var left = run.Deadline.Left;
            if (left > TimeSpan.Zero && left < wait)
                wait = left;
        }

        // Timers count whole milliseconds: what is left of one is waited for, not spun for.
        return wait > s_shortest ? wait : s_shortest;
    }

    private async Task<bool> TryRenewAsync(CancellationToken cancellationToken)
    {
        var held = worker.Held();
        if (held.Count == 0)
            return true;
        var askedAt = engine.Time.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var renewal = engine.Store.RenewLeasesAsync(new LeaseRenewal([.. held.Select(run => run.Lease)], worker.Lease), limit.Token).AsTask();
        engine.Forget(renewal);
        // A store that hangs on one renewal may answer the next.
        await engine.WaitAsync(renewal, worker.Lease / 6, cancellationToken);
        if (!renewal.IsCompleted)
        {
            limit.Cancel();
            Log.StoreUnavailable(engine.Log, new StoreException("Renewing the leases took longer than a sixth of their duration."));
            return false;
        }

        try
        {
            var renewed = await renewal;
            var lost = renewed.Lost.ToHashSet();
            foreach (var run in held)
            {
                if (lost.Contains(run.Lease))
                    run.Incarnation.Drop("its lease was lost");
                else
                    run.Deadline.Renewed(askedAt);
                if (renewed.CancelRequested.Contains(run.Lease))
                    run.Incarnation.CancelRequested();
            }

            foreach (var (lease, lastMessage) in renewed.Messages)
                held.FirstOrDefault(run => run.Lease == lease)?.Incarnation.MessagesArrived(lastMessage);

            return true;
        }
        catch (Exception exception)
        {
            // To a worker that stops meanwhile it no longer matters, and must not fail its shutdown.
            if (!cancellationToken.IsCancellationRequested)
                Log.StoreUnavailable(engine.Log, exception);
            return false;
        }
    }

    private void GiveUpTheUnconfirmed()
    {
        foreach (var run in worker.Held())
        {
            if (run.Deadline.HasPassed)
                run.Incarnation.Drop("its lease could not be renewed");
        }
    }
}
