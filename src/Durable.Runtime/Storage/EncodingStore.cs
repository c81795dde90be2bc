using Durable.Serialization.Codecs;

namespace Durable.Storage;

/// <summary>
/// Keeps payloads encoded in the store within. The engine sees payloads, the store sees bytes that mean nothing to it; a payload that cannot be decoded passes as an <see cref="UnreadablePayload"/>,
/// so that every verb does its work for all other payloads and runs.
/// </summary>
internal sealed class EncodingStore(IRunStore inner, PayloadCodecs codecs) : DelegatingStore(inner)
{
    public override async ValueTask<CreateRunResult> CreateRunAsync(NewRun run, CancellationToken cancellationToken)
    {
        var encoded = run with { Input = codecs.Encode(run.Input, new(run.RunId, PayloadPart.Arguments)), Checkpoints = Encode(run.RunId, run.Checkpoints) };
        var result = await Inner.CreateRunAsync(encoded, cancellationToken);
        return result with { Run = result.Created ? result.Run with { Input = run.Input } : Decode(result.Run) };
    }

    public override async ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
    {
        var runs = await Inner.ClaimRunsAsync(request, cancellationToken);
        return runs.Count == 0 ? runs : [.. runs.Select(Decode)];
    }

    // No state machine: this is called for every step.
    public override ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
    {
        try
        {
            commit = Encode(commit);
        }
        catch (StoreException failure)
        {
            return ValueTask.FromException<CommitResult>(failure);
        }

        return Inner.CommitAsync(commit, cancellationToken);
    }

    public override async ValueTask<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken)
        => await Inner.FindRunAsync(runId, cancellationToken) is { } run ? Decode(run) : null;

    public override async ValueTask<IReadOnlyList<CheckpointRecord>> ReadCheckpointsAsync(string runId, CancellationToken cancellationToken)
    {
        var checkpoints = await Inner.ReadCheckpointsAsync(runId, cancellationToken);
        return checkpoints.Count == 0 ? checkpoints : [.. checkpoints.Select(checkpoint => Decode(runId, checkpoint))];
    }

    public override async ValueTask<IReadOnlyList<RunSummary>> ListRunsAsync(RunQuery query, CancellationToken cancellationToken)
    {
        var runs = await Inner.ListRunsAsync(query, cancellationToken);
        return runs.All(static run => run.Error.IsEmpty)
            ? runs
            : [.. runs.Select(run => run.Error.IsEmpty ? run : run with { Error = codecs.Decode(run.Error, new(run.RunId, PayloadPart.Error)) })];
    }

    public override async ValueTask<RunStatus?> TerminateRunAsync(TerminateRequest request, CancellationToken cancellationToken)
        => await Inner.TerminateRunAsync(request with { Error = codecs.Encode(request.Error, new(request.RunId, PayloadPart.Error)) }, cancellationToken);

    public override async ValueTask<RunStatus?> CancelRunAsync(CancelRequest request, CancellationToken cancellationToken)
        => await Inner.CancelRunAsync(request with { Error = codecs.Encode(request.Error, new(request.RunId, PayloadPart.Error)) }, cancellationToken);

    public override async ValueTask<bool> DecideStepAsync(StepDecision decision, CancellationToken cancellationToken)
        => await Inner.DecideStepAsync(decision with { Outcome = decision.Outcome is { } outcome ? Encode(decision.RunId, outcome) : null }, cancellationToken);

    private RunRecord Decode(RunRecord run) => run with
    {
        Input = codecs.Decode(run.Input, new(run.RunId, PayloadPart.Arguments)),
        Result = codecs.Decode(run.Result, new(run.RunId, PayloadPart.Result)),
        Error = codecs.Decode(run.Error, new(run.RunId, PayloadPart.Error)),
        Cancellation = codecs.Decode(run.Cancellation, new(run.RunId, PayloadPart.Error)),
    };

    private CheckpointRecord Decode(string runId, CheckpointRecord checkpoint) => checkpoint with
    {
        Arguments = codecs.Decode(checkpoint.Arguments, new(runId, PayloadPart.Arguments, checkpoint.StepId)),
        Result = codecs.Decode(checkpoint.Result, new(runId, PayloadPart.Result, checkpoint.StepId)),
        Error = codecs.Decode(checkpoint.Error, new(runId, PayloadPart.Error, checkpoint.StepId)),
    };

    private RunCommit Encode(RunCommit commit) => commit with
    {
        Checkpoints = Encode(commit.RunId, commit.Checkpoints),
        Transition = commit.Transition is { } transition ? Encode(commit.RunId, transition) : null,
    };

    private IReadOnlyList<CheckpointRecord> Encode(string runId, IReadOnlyList<CheckpointRecord> checkpoints) => checkpoints switch
    {
        [] => [],
        [var single] => [Encode(runId, single)],
        var several => [.. several.Select(checkpoint => Encode(runId, checkpoint))],
    };

    private CheckpointRecord Encode(string runId, CheckpointRecord checkpoint) => checkpoint with
    {
        Arguments = codecs.Encode(checkpoint.Arguments, new(runId, PayloadPart.Arguments, checkpoint.StepId)),
        Result = codecs.Encode(checkpoint.Result, new(runId, PayloadPart.Result, checkpoint.StepId)),
        Error = codecs.Encode(checkpoint.Error, new(runId, PayloadPart.Error, checkpoint.StepId)),
    };

    private RunTransition Encode(string runId, RunTransition transition) => transition with
    {
        Result = codecs.Encode(transition.Result, new(runId, PayloadPart.Result)),
        Error = codecs.Encode(transition.Error, new(runId, PayloadPart.Error)),
    };
}
