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
        var result = await Inner.CreateRunAsync(Encode(run), cancellationToken);
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

    public override async ValueTask<SignalVerdict> SendSignalAsync(NewSignal signal, CancellationToken cancellationToken)
        => await Inner.SendSignalAsync(signal with { Payload = codecs.Encode(signal.Payload, new(signal.RunId, PayloadPart.Message, signal.Name)) }, cancellationToken);

    public override async ValueTask<IReadOnlyList<InboxMessage>> ReadInboxAsync(string runId, long after, CancellationToken cancellationToken)
        => [.. (await Inner.ReadInboxAsync(runId, after, cancellationToken)).Select(message => message with
        {
            Payload = codecs.Decode(message.Payload, new(runId, PayloadPart.Message, message.Name)),
            Error = codecs.Decode(message.Error, new(runId, PayloadPart.Error, message.Name)),
        })];

    public override async ValueTask<RequestRecord?> FindRequestAsync(string requestId, CancellationToken cancellationToken)
        => await Inner.FindRequestAsync(requestId, cancellationToken) is { } request ? Decode(request) : null;

    public override async ValueTask<IReadOnlyList<RequestRecord>> ListRequestsAsync(RequestQuery query, CancellationToken cancellationToken)
        => [.. (await Inner.ListRequestsAsync(query, cancellationToken)).Select(Decode)];

    public override async ValueTask<RequestVerdict> AnswerRequestAsync(RequestAnswer answer, CancellationToken cancellationToken)
        => await Inner.AnswerRequestAsync(
            answer with
            {
                Payload = codecs.Encode(answer.Payload, new(answer.RunId, PayloadPart.Message, answer.RequestId)),
                Error = codecs.Encode(answer.Error, new(answer.RunId, PayloadPart.Error, answer.RequestId)),
            },
            cancellationToken);

    public override async ValueTask<PublishedRecord?> FindPublishedAsync(string runId, string key, CancellationToken cancellationToken)
        => await Inner.FindPublishedAsync(runId, key, cancellationToken) is { } value ? value with { Payload = codecs.Decode(value.Payload, new(runId, PayloadPart.Published, key)) } : null;

    public override async ValueTask<IReadOnlyList<StreamRecord>> ReadStreamAsync(string runId, string stream, long from, int max, CancellationToken cancellationToken)
        => [.. (await Inner.ReadStreamAsync(runId, stream, from, max, cancellationToken)).Select(item => item with { Payload = codecs.Decode(item.Payload, new(runId, PayloadPart.Item, stream)) })];

    private RequestRecord Decode(RequestRecord request) => request with { Payload = codecs.Decode(request.Payload, new(request.RunId, PayloadPart.Request, request.RequestId)) };

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
        Effects = commit.Effects is { } effects ? Encode(commit.RunId, effects) : null,
        Transition = commit.Transition is { } transition ? Encode(commit.RunId, transition) : null,
    };

    private NewRun Encode(NewRun run) => run with { Input = codecs.Encode(run.Input, new(run.RunId, PayloadPart.Arguments)), Checkpoints = Encode(run.RunId, run.Checkpoints) };

    private RunEffects Encode(string runId, RunEffects effects) => effects with
    {
        Requests = [.. effects.Requests.Select(request => request with { Payload = codecs.Encode(request.Payload, new(runId, PayloadPart.Request, request.RequestId)) })],
        Children = [.. effects.Children.Select(child => child with { Run = Encode(child.Run) })],
        Published = [.. effects.Published.Select(value => value with { Payload = codecs.Encode(value.Payload, new(runId, PayloadPart.Published, value.Name)) })],
        Appended = [.. effects.Appended.Select(item => item with { Payload = codecs.Encode(item.Payload, new(runId, PayloadPart.Item, item.Name)) })],
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
        Continuation = transition.Continuation is { } continuation ? continuation with { Input = codecs.Encode(continuation.Input, new(runId, PayloadPart.Arguments)) } : null,
    };
}
