namespace Durable.Storage;

/// <summary>
/// A store around another one: to watch it, to measure it, or to let it fail. Passes every verb on; override those that matter, or <see cref="CallAsync{T}"/> for all of them.
/// Given to <see cref="DurableBuilder.DecorateStore"/>.
/// </summary>
public abstract class DelegatingStore : IRunStore
{
    /// <summary>Puts this store around another.</summary>
    /// <param name="inner">The store that does the work; disposed with this one.</param>
    protected DelegatingStore(IRunStore inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        Inner = inner;
    }

    /// <summary>The store that does the work.</summary>
    protected IRunStore Inner { get; }

    /// <inheritdoc/>
    public virtual async ValueTask InitializeAsync(CancellationToken cancellationToken)
        => await CallAsync(nameof(InitializeAsync), null, () => WithoutResult(Inner.InitializeAsync(cancellationToken)));

    /// <inheritdoc/>
    public virtual async ValueTask EnterAsWorkerAsync(CancellationToken cancellationToken)
        => await CallAsync(nameof(EnterAsWorkerAsync), null, () => WithoutResult(Inner.EnterAsWorkerAsync(cancellationToken)));

    /// <inheritdoc/>
    public virtual ValueTask<CreateRunResult> CreateRunAsync(NewRun run, CancellationToken cancellationToken)
        => CallAsync(nameof(CreateRunAsync), run, () => Inner.CreateRunAsync(run, cancellationToken));

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken)
        => CallAsync(nameof(ClaimRunsAsync), request, () => Inner.ClaimRunsAsync(request, cancellationToken));

    /// <inheritdoc/>
    public virtual ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken)
        => CallAsync(nameof(CommitAsync), commit, () => Inner.CommitAsync(commit, cancellationToken));

    /// <inheritdoc/>
    public virtual ValueTask<RenewedLeases> RenewLeasesAsync(LeaseRenewal renewal, CancellationToken cancellationToken)
        => CallAsync(nameof(RenewLeasesAsync), renewal, () => Inner.RenewLeasesAsync(renewal, cancellationToken));

    /// <inheritdoc/>
    public virtual ValueTask<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken)
        => CallAsync(nameof(FindRunAsync), runId, () => Inner.FindRunAsync(runId, cancellationToken));

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<CheckpointRecord>> ReadCheckpointsAsync(string runId, CancellationToken cancellationToken)
        => CallAsync(nameof(ReadCheckpointsAsync), runId, () => Inner.ReadCheckpointsAsync(runId, cancellationToken));

    /// <inheritdoc/>
    public virtual ValueTask<RunStatus?> ResumeRunAsync(ResumeRequest request, CancellationToken cancellationToken)
        => CallAsync(nameof(ResumeRunAsync), request, () => Inner.ResumeRunAsync(request, cancellationToken));

    /// <inheritdoc/>
    public virtual ValueTask<bool> DecideStepAsync(StepDecision decision, CancellationToken cancellationToken)
        => CallAsync(nameof(DecideStepAsync), decision, () => Inner.DecideStepAsync(decision, cancellationToken));

    /// <inheritdoc/>
    public virtual ValueTask<RunStatus?> CancelRunAsync(CancelRequest request, CancellationToken cancellationToken)
        => CallAsync(nameof(CancelRunAsync), request, () => Inner.CancelRunAsync(request, cancellationToken));

    /// <inheritdoc/>
    public virtual ValueTask<SignalVerdict> SendSignalAsync(NewSignal signal, CancellationToken cancellationToken)
        => CallAsync(nameof(SendSignalAsync), signal, () => Inner.SendSignalAsync(signal, cancellationToken));

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<InboxMessage>> ReadInboxAsync(string runId, long after, CancellationToken cancellationToken)
        => CallAsync(nameof(ReadInboxAsync), runId, () => Inner.ReadInboxAsync(runId, after, cancellationToken));

    /// <inheritdoc/>
    public virtual ValueTask<RequestRecord?> FindRequestAsync(string requestId, CancellationToken cancellationToken)
        => CallAsync(nameof(FindRequestAsync), requestId, () => Inner.FindRequestAsync(requestId, cancellationToken));

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<RequestRecord>> ListRequestsAsync(RequestQuery query, CancellationToken cancellationToken)
        => CallAsync(nameof(ListRequestsAsync), query, () => Inner.ListRequestsAsync(query, cancellationToken));

    /// <inheritdoc/>
    public virtual ValueTask<RequestVerdict> AnswerRequestAsync(RequestAnswer answer, CancellationToken cancellationToken)
        => CallAsync(nameof(AnswerRequestAsync), answer, () => Inner.AnswerRequestAsync(answer, cancellationToken));

    /// <inheritdoc/>
    public virtual ValueTask<RequestVerdict> HeartbeatRequestAsync(string requestId, CancellationToken cancellationToken)
        => CallAsync(nameof(HeartbeatRequestAsync), requestId, () => Inner.HeartbeatRequestAsync(requestId, cancellationToken));

    /// <inheritdoc/>
    public virtual ValueTask<PublishedRecord?> FindPublishedAsync(string runId, string key, CancellationToken cancellationToken)
        => CallAsync(nameof(FindPublishedAsync), runId, () => Inner.FindPublishedAsync(runId, key, cancellationToken));

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<StreamRecord>> ReadStreamAsync(string runId, string stream, long from, int max, CancellationToken cancellationToken)
        => CallAsync(nameof(ReadStreamAsync), runId, () => Inner.ReadStreamAsync(runId, stream, from, max, cancellationToken));

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<RunCount>> CountRunsAsync(CancellationToken cancellationToken)
        => CallAsync(nameof(CountRunsAsync), null, () => Inner.CountRunsAsync(cancellationToken));

    /// <inheritdoc/>
    public virtual ValueTask<IReadOnlyList<RunSummary>> ListRunsAsync(RunQuery query, CancellationToken cancellationToken)
        => CallAsync(nameof(ListRunsAsync), query, () => Inner.ListRunsAsync(query, cancellationToken));

    /// <inheritdoc/>
    public virtual ValueTask<int> PurgeRunsAsync(PurgeRequest request, CancellationToken cancellationToken)
        => CallAsync(nameof(PurgeRunsAsync), request, () => Inner.PurgeRunsAsync(request, cancellationToken));

    /// <inheritdoc/>
    public virtual ValueTask<RunStatus?> TerminateRunAsync(TerminateRequest request, CancellationToken cancellationToken)
        => CallAsync(nameof(TerminateRunAsync), request, () => Inner.TerminateRunAsync(request, cancellationToken));

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return Inner.DisposeAsync();
    }

    /// <summary>What every verb that is not overridden goes through.</summary>
    /// <typeparam name="T">What the verb returns; meaningless for a verb that returns nothing.</typeparam>
    /// <param name="verb">The name of the verb, as <see cref="IRunStore"/> spells it.</param>
    /// <param name="request">What the verb was given besides its token; null for nothing.</param>
    /// <param name="call">Asks the inner store. May be called never, once, or again.</param>
    protected virtual ValueTask<T> CallAsync<T>(string verb, object? request, Func<ValueTask<T>> call) => call();

    private static async ValueTask<bool> WithoutResult(ValueTask done)
    {
        await done;
        return true;
    }
}
