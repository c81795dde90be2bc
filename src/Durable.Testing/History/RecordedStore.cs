using System.Security.Cryptography;
using System.Text;
using Durable.Storage;

namespace Durable.Testing.History;

/// <summary>A store that writes down what it is asked and what it answers.</summary>
/// <remarks>Put it outermost, around whatever makes calls go wrong: what its caller was told is what counts. <see cref="HistoryExtensions.RecordHistory"/> does this for a host.</remarks>
/// <param name="inner">The store; disposed with this one.</param>
/// <param name="history">The ledger; not disposed.</param>
public sealed class RecordedStore(IRunStore inner, HistoryWriter history) : DelegatingStore(inner)
{
    /// <inheritdoc/>
    public override async ValueTask<CreateRunResult> CreateRunAsync(NewRun run, CancellationToken cancellationToken)
    {
        var call = history.Add(new HistoryLine { Event = HistoryEvent.RunOffered, RunId = run.RunId, Checkpoints = run.Checkpoints.Count == 0 ? null : [.. run.Checkpoints.Select(Describe)] });
        var answer = await Inner.CreateRunAsync(run, cancellationToken);
        history.Add(new HistoryLine { Event = HistoryEvent.RunAccepted, RunId = run.RunId, Call = call });
        return answer;
    }

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        var since = history.Now;
        var runs = await Inner.ClaimRunsAsync(request, cancellationToken);
        if (runs.Count > 0)
            history.Add(new HistoryLine { Event = HistoryEvent.Claimed, Since = since, StoreTime = runs[0].ClaimedAt, Leases = [.. runs.Select(run => new RunLease(run.RunId, run.Epoch))] });
        return runs;
    }

    /// <inheritdoc/>
    public override async ValueTask<RenewedLeases> RenewLeasesAsync(LeaseRenewal renewal, CancellationToken cancellationToken)
    {
        var since = history.Now;
        var renewed = await Inner.RenewLeasesAsync(renewal, cancellationToken);
        history.Add(new HistoryLine { Event = HistoryEvent.Renewed, Since = since, Leases = renewal.Leases, Lost = renewed.Lost });
        return renewed;
    }

    /// <inheritdoc/>
    public override async ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        var children = commit.Effects?.Children ?? [];
        var starts = children.Select(child => history.Add(new HistoryLine { Event = HistoryEvent.RunOffered, RunId = child.Run.RunId, Checkpoints = child.Run.Checkpoints.Count == 0 ? null : [.. child.Run.Checkpoints.Select(Describe)] })).ToArray();
        var call = history.Add(new HistoryLine
        {
            Event = HistoryEvent.CommitOffered,
            RunId = commit.RunId,
            Epoch = commit.Epoch,
            Checkpoints = commit.Checkpoints.Count == 0 ? null : [.. commit.Checkpoints.Select(Describe)],
            Status = commit.Transition?.Status,
            // One that a message may end has no wait that it has to keep.
            Wait = commit.Transition is { AwaitsMessagesAfter: null, Wait: var wait } ? wait : null,
            Result = commit.Transition is { } transition ? Hash(transition.Result, transition.Error) : null,
            FailingSet = commit.Transition is { FailingSet.Count: > 0 } failed ? failed.FailingSet : null,
        });
        try
        {
            var answer = await Inner.CommitAsync(commit, cancellationToken);
            history.Add(new HistoryLine { Event = EventOf(answer), RunId = commit.RunId, Epoch = commit.Epoch, Call = call });
            for (var index = 0; index < starts.Length && answer == CommitResult.Committed; index++)
                history.Add(new HistoryLine { Event = HistoryEvent.RunAccepted, RunId = children[index].Run.RunId, Call = starts[index] });
            return answer;
        }
        catch
        {
            // Whatever it was: the caller does not know, and a call that was given up may still arrive.
            history.Add(new HistoryLine { Event = HistoryEvent.CommitUnknown, RunId = commit.RunId, Epoch = commit.Epoch, Call = call });
            throw;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken)
    {
        var since = history.Now;
        var run = await Inner.FindRunAsync(runId, cancellationToken);
        // A client that waits asks again and again: what it waits for is worth a line.
        if (run is { Status: not (RunStatus.Pending or RunStatus.Running or RunStatus.Suspended) })
            history.Add(Describe(run, since));
        return run;
    }

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyList<CheckpointRecord>> ReadCheckpointsAsync(string runId, CancellationToken cancellationToken)
    {
        var since = history.Now;
        var checkpoints = await Inner.ReadCheckpointsAsync(runId, cancellationToken);
        history.Add(new HistoryLine { Event = HistoryEvent.CheckpointsRead, RunId = runId, Since = since, Checkpoints = [.. checkpoints.Select(Describe)] });
        return checkpoints;
    }

    /// <inheritdoc/>
    public override async ValueTask<RunStatus?> ResumeRunAsync(ResumeRequest request, CancellationToken cancellationToken)
    {
        var call = history.Add(new HistoryLine { Event = HistoryEvent.ResumeOffered, RunId = request.RunId });
        var found = await Inner.ResumeRunAsync(request, cancellationToken);
        history.Add(new HistoryLine { Event = HistoryEvent.ResumeAnswered, RunId = request.RunId, Status = found, Call = call });
        return found;
    }

    /// <inheritdoc/>
    public override async ValueTask<RunStatus?> CancelRunAsync(CancelRequest request, CancellationToken cancellationToken)
    {
        var call = history.Add(new HistoryLine { Event = HistoryEvent.CancelOffered, RunId = request.RunId });
        var found = await Inner.CancelRunAsync(request, cancellationToken);
        history.Add(new HistoryLine { Event = HistoryEvent.CancelAnswered, RunId = request.RunId, Status = found, Call = call });
        return found;
    }

    /// <inheritdoc/>
    public override async ValueTask<bool> DecideStepAsync(StepDecision decision, CancellationToken cancellationToken)
    {
        var call = history.Add(new HistoryLine
        {
            Event = HistoryEvent.DecisionOffered,
            RunId = decision.RunId,
            Epoch = decision.Epoch,
            Attempt = decision.Attempt,
            Checkpoints = decision.Outcome is { } outcome ? [Describe(outcome)] : null,
            FailingSet = decision.Cleared.Count == 0 ? null : decision.Cleared,
        });
        var decided = await Inner.DecideStepAsync(decision, cancellationToken);
        history.Add(new HistoryLine { Event = decided ? HistoryEvent.Decided : HistoryEvent.DecisionRefused, RunId = decision.RunId, Call = call });
        return decided;
    }

    /// <summary>
    /// Reads every run of the store and its checkpoints once more. The driver of a test calls it last, after <see cref="HistoryWriter.Healed"/>: without it nothing is known of the end.
    /// </summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task AuditAsync(CancellationToken cancellationToken = default)
    {
        var begun = history.Now;
        RunPosition? after = null;
        while (true)
        {
            var page = await Inner.ListRunsAsync(new RunQuery { Max = DurableLimits.MaxPageSize, After = after }, cancellationToken);
            foreach (var listed in page)
            {
                var since = history.Now;
                if (await Inner.FindRunAsync(listed.RunId, cancellationToken) is not { } run)
                    continue;
                history.Add(Describe(run, since));
                await ReadCheckpointsAsync(run.RunId, cancellationToken);
            }

            if (page.Count < DurableLimits.MaxPageSize)
                break;
            after = page[^1].Position;
        }

        history.Add(new HistoryLine { Event = HistoryEvent.Audited, Since = begun });
    }

    private static HistoryLine Describe(RunRecord run, long since) => new()
    {
        Event = HistoryEvent.RunRead,
        Since = since,
        RunId = run.RunId,
        Status = run.Status,
        Epoch = run.Epoch,
        Attempt = run.Attempt,
        LastSequence = run.LastSequence,
        Result = Hash(run.Result, run.Error),
    };

    private static HistoryCheckpoint Describe(CheckpointRecord record)
        => new(record.Sequence, record.StepId, record.Status, record.Epoch, Hash(record.Result, record.Error)) { Kind = record.Kind, Attempt = record.Attempt };

    private static HistoryEvent EventOf(CommitResult answer) => answer switch
    {
        CommitResult.Committed => HistoryEvent.Committed,
        CommitResult.CancelRequested => HistoryEvent.CommitRefused,
        _ => HistoryEvent.Fenced,
    };

    private static string Hash(ReadOnlyMemory<byte> result, ReadOnlyMemory<byte> error)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(result.Span);
        hash.AppendData(Encoding.ASCII.GetBytes($"|{result.Length}|"));
        hash.AppendData(error.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }
}
