using Durable.Storage;

namespace Durable.Execution;

// Branches that are abandoned: of what is under way in them nothing is begun, stored or delivered any more, and nothing of it keeps the run from going on.
internal sealed partial class RunDriver
{
    /// <summary>True once the code was told that the run is canceled.</summary>
    public bool IsStopped => _stopped is not null;

    /// <summary>Abandons branches. Called by workflow code, which does so at the same point on each replay: what is recorded of them behind it is passed.</summary>
    public void Abandon(IReadOnlyCollection<RunScope> branches)
    {
        var bodies = new List<CancellationTokenSource>();
        foreach (var branch in branches)
        {
            var (calls, code) = branch.Abandon();
            Log.BranchAbandoned(Engine.Log, RunId, branch.Path, calls.Count);
            foreach (var call in calls)
            {
                if (Abandon(call) is { } body)
                    bodies.Add(body);
            }

            // A turn of its own: what the code registered on its token runs as the code does.
            if (code is not null)
                Post(state => Cancel((CancellationTokenSource)state!), code);
        }

        if (bodies.Count > 0)
            _ = Engine.Start(() =>
            {
                bodies.ForEach(Cancel);
                return Task.CompletedTask;
            });
    }

    /// <summary>Nothing more comes of an abandoned branch, neither of its shields: what is recorded of it, and its code did not come to ask for, is passed.</summary>
    public void Leave(RunScope branch) => _replay.AbandonScope(branch.Path);

    /// <summary>True when a call through the context of a scope comes too late: its branch was abandoned, and the code that calls is not in a shield that goes on in it.</summary>
    public bool IsLate(RunScope scope) => scope.IsAbandoned && !(Ambient.Scope is { IsAbandoned: false } own && own.Driver == this && own.IsWithin(scope));

    /// <summary>The failures of abandoned branches that are stored with the end of the run, or were and nobody came to look at: of branches that failed at one time, the first has ended the map.</summary>
    /// <param name="completions">What is stored with the end.</param>
    public List<long> MissedFailures(List<(DurableCall? Call, CheckpointRecord Record)> completions)
    {
        List<(DurableCall? Call, CheckpointRecord Record)> undelivered;
        lock (_gate)
            undelivered = [.. _stored, .. completions];
        return [.. undelivered
            .Where(static next => next.Call is { IsAbandoned: true } call && IsFailure(call, next.Record) && !call.Scope.HasMovedSince(call.Branch!.AbandonedAt))
            .SelectMany(static next => next.Call!.FailingSequences(next.Record))];
    }

    // The task of the call never completes.
    private CancellationTokenSource? Abandon(DurableCall call)
    {
        CancellationTokenSource? body;
        lock (_gate)
        {
            body = call.Branch!.Abandon(_moves);
            _queued?.Remove(call);
            if (call.Branch.HasBody)
            {
                // It goes on, and keeps the services of this incarnation; nobody waits for it.
                _running--;
                _executing--;
                _outliving++;
            }
            else
            {
                body = null;
            }
        }

        if (call.Branch.RecordedAs is { } id)
        {
            _replayed.Remove(id);
            Miss(call, _replay.Abandon(id));
        }

        // Nobody need answer it any more.
        StopWaiting(call);
        if (call is WaitCall { RequestId: { } request })
            _outbox.Ride(new RunEffects { ClosedRequests = [request] });
        call.Scope.Delivered(call);
        return body;
    }

    // An outcome that comes too late to be delivered. One that is a failure belongs to those that the code has not moved past, until it does: a resumed run tries its step again.
    private void Miss(DurableCall call, CheckpointRecord record)
    {
        if (IsFailure(call, record))
            _failing.Add((call.Scope, call.Branch!.AbandonedAt, [.. call.FailingSequences(record)]));
    }

    // What was stored of a call that was abandoned meanwhile: a beginning is taken back, for its body does not run.
    private bool IsOfAbandoned(DurableCall call, CheckpointRecord record)
    {
        if (!call.IsAbandoned)
            return false;
        if (record.Kind == CheckpointKind.StepStarted)
            _outbox.Clear([record.Sequence]);
        return true;
    }

    // True for a body that outlived its branch, and has now ended: what comes of it is nobody's any more.
    private bool EndsLate(DurableCall call)
    {
        lock (_gate)
        {
            if (call.Branch is not { } branch)
                return false;
            branch.HasBody = false;
            if (!branch.IsAbandoned)
                return false;
            _outliving--;
        }

        Log.OutcomeOfAbandoned(Engine.Log, RunId, call.Id);
        DisposeUnusedServices();
        return true;
    }
}
