using Durable.Storage;

namespace Durable.Testing.Tests.Simulations;

/// <summary>
/// Stands right before the store and keeps book: what was acknowledged must be readable for ever, unchanged; only the current epoch writes; sequences have no gap; every claim is due.
/// </summary>
/// <param name="inner">The store that is judged, which answers at once.</param>
/// <param name="world">Where violations go.</param>
internal sealed class Ledger(IRunStore inner, World world) : DelegatingStore(inner)
{
    private readonly Dictionary<string, LedgerRun> _runs = [];

    public IReadOnlyDictionary<string, LedgerRun> Runs => _runs;

    public override async ValueTask<CreateRunResult> CreateRunAsync(NewRun run, CancellationToken cancellationToken)
    {
        var result = await Inner.CreateRunAsync(run, cancellationToken);
        if (result.Created == _runs.ContainsKey(run.RunId))
            world.Violated($"G1: run {run.RunId} was created {(result.Created ? "twice" : "never, and is there")}");
        if (result.Created)
            _runs[run.RunId] = new LedgerRun(result.Run);
        Compare(run.RunId, result.Run);
        world.Trace.Note(result.Created ? "accepted" : "accepted before", "", run.RunId);
        return result;
    }

    public override async ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        var now = world.Now;
        var claimed = await Inner.ClaimRunsAsync(request, cancellationToken);
        foreach (var record in claimed)
        {
            if (!_runs.TryGetValue(record.RunId, out var run))
            {
                world.Violated($"{request.Worker} claimed {record.RunId}, which nobody started");
                continue;
            }

            var before = run.Record;
            if (!run.IsDue(now))
                world.Violated($"G7: {request.Worker} claimed {record.RunId}, which is {before.Status} with a lease until {run.LeaseUntil:HH:mm:ss.fff}, or suspended until {before.WakesAt:HH:mm:ss.fff}");
            if (record.Epoch != before.Epoch + 1)
                world.Violated($"G7: the claim of {record.RunId} by {request.Worker} has epoch {record.Epoch} after {before.Epoch}");
            world.Trace.Note(before.Status switch { RunStatus.Running => "claimed expired", RunStatus.Suspended => "woken", _ => "claimed" }, request.Worker, record.RunId, record.Epoch);
            run.Claimed(record, now, now + request.Lease);
            Compare(record.RunId, record);
        }

        return claimed;
    }

    public override async ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        var run = _runs[commit.RunId];
        var expected = !run.IsHeldBy(commit.Epoch) ? CommitResult.Fenced : run.Refuses(commit) ? CommitResult.CancelRequested : CommitResult.Committed;
        var result = await Inner.CommitAsync(commit, cancellationToken);
        if (result != expected)
            world.Violated($"G7: a commit of {commit.RunId} by epoch {commit.Epoch} is {result}, while it is {run.Record.Status} with epoch {run.Record.Epoch}");
        if (result == CommitResult.CancelRequested)
        {
            world.Trace.Note("refused", "", commit.RunId, commit.Epoch);
            return result;
        }

        if (result == CommitResult.Fenced)
        {
            world.Trace.Note("fenced", "", commit.RunId, commit.Epoch);
            return result;
        }

        if (run.Commit(commit, world.Now) is { } mistake)
            world.Violated($"{commit.RunId}: {mistake}");
        foreach (var checkpoint in commit.Checkpoints)
            world.Trace.Note(What(checkpoint), commit.RunId, checkpoint.StepId, checkpoint.Sequence);
        if (commit.Transition is { } transition)
        {
            world.LetGo(run, transition);
            run.LetGo(transition, world.Now);
        }

        return result;
    }

    public override async ValueTask<RenewedLeases> RenewLeasesAsync(LeaseRenewal renewal, CancellationToken cancellationToken)
    {
        var now = world.Now;
        var renewed = await Inner.RenewLeasesAsync(renewal, cancellationToken);
        foreach (var lease in renewal.Leases)
        {
            var run = _runs[lease.RunId];
            if (run.IsHeldBy(lease.Epoch) == renewed.Lost.Contains(lease))
                world.Violated($"G7: the lease of {lease.RunId} by epoch {lease.Epoch} is {(renewed.Lost.Contains(lease) ? "lost" : "renewed")}, while it is {run.Record.Status} with epoch {run.Record.Epoch}");
            if (!renewed.Lost.Contains(lease))
                run.LeaseUntil = now + renewal.Lease;
        }

        return renewed;
    }

    public override async ValueTask<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken)
    {
        var found = await Inner.FindRunAsync(runId, cancellationToken);
        Compare(runId, found);
        return found;
    }

    public override async ValueTask<IReadOnlyList<CheckpointRecord>> ReadCheckpointsAsync(string runId, CancellationToken cancellationToken)
    {
        var read = await Inner.ReadCheckpointsAsync(runId, cancellationToken);
        var kept = _runs[runId].Checkpoints;
        if (read.Count != kept.Count)
            world.Violated($"G3: {runId} reads {read.Count} checkpoints of {kept.Count}");
        for (var i = 0; i < read.Count && i < kept.Count; i++)
        {
            if (!Same(read[i], kept[i]))
                world.Violated($"G3: checkpoint {kept[i].Sequence} of {runId} reads {read[i]} after {kept[i]}");
        }

        return read;
    }

    public override async ValueTask<RunStatus?> ResumeRunAsync(ResumeRequest request, CancellationToken cancellationToken)
    {
        var run = _runs.GetValueOrDefault(request.RunId);
        var found = await Inner.ResumeRunAsync(request, cancellationToken);
        if (found != run?.Record.Status)
            world.Violated($"{request.RunId} is {found} to a resume and {run?.Record.Status} by the book");
        if (found is RunStatus.Failed or RunStatus.Quarantined or RunStatus.Canceled)
        {
            run!.Resumed(request.AcceptDivergence);
            world.Trace.Note("resumed", "", request.RunId, run.Record.Attempt);
        }

        return found;
    }

    public override async ValueTask<RunStatus?> CancelRunAsync(CancelRequest request, CancellationToken cancellationToken)
    {
        var run = _runs.GetValueOrDefault(request.RunId);
        var found = await Inner.CancelRunAsync(request, cancellationToken);
        if (found != run?.Record.Status)
            world.Violated($"{request.RunId} is {found} to a cancellation and {run?.Record.Status} by the book");
        run?.CancelRequested(request.Error);
        world.Trace.Note("cancellation", "", request.RunId, (long)(found ?? 0));
        return found;
    }

    private static string What(CheckpointRecord checkpoint) => checkpoint switch
    {
        { Status: CheckpointStatus.Interrupted } => "interrupted",
        { Status: CheckpointStatus.TimedOut } => "timed out",
        { Kind: CheckpointKind.RunCanceled } => "code told",
        { Status: CheckpointStatus.Canceled } => "body canceled",
        { Kind: CheckpointKind.StepAttempt } => "attempt failed",
        { Kind: CheckpointKind.StepStarted } => "begun",
        { Kind: CheckpointKind.RunAttempt } => "run attempt",
        _ => "stored",
    };

    private void Compare(string runId, RunRecord? read)
    {
        var kept = _runs.GetValueOrDefault(runId)?.Record;
        if (read is null || kept is null)
        {
            if (read is not null || kept is not null)
                world.Violated($"G1: run {runId} is {(read is null ? "not there any more" : "there and was never accepted")}");
            return;
        }

        if (read.Status != kept.Status || read.Epoch != kept.Epoch || read.Attempt != kept.Attempt || read.LastSequence != kept.LastSequence || read.WakesAt != kept.WakesAt || !Same(read.Cancellation, kept.Cancellation)
            || read.Fingerprint != kept.Fingerprint || !Same(read.Result, kept.Result) || !Same(read.Error, kept.Error) || !Same(read.Input, kept.Input))
            world.Violated($"G3: run {runId} reads {read} after {kept}");
    }

    private static bool Same(CheckpointRecord read, CheckpointRecord kept)
        => ReferenceEquals(read, kept) || (read with { Arguments = default, Result = default, Error = default } == kept with { Arguments = default, Result = default, Error = default }
            && Same(read.Arguments, kept.Arguments) && Same(read.Result, kept.Result) && Same(read.Error, kept.Error));

    private static bool Same(ReadOnlyMemory<byte> read, ReadOnlyMemory<byte> kept) => read.Span.SequenceEqual(kept.Span);
}
