namespace Durable.Storage;

/// <summary>
/// Where runs and checkpoints live. The promises stated here are all the engine relies on; the store contract tests each of them.
/// </summary>
/// <remarks>
/// <para>Every verb is safe for concurrent use, and sees and leaves the store whole: a verb beside it has happened, or it has not. What a verb returned does not change any more.</para>
/// <para>
/// A verb has taken effect durably when it returns, and every verb called after that sees it. If it throws <see cref="StoreException"/>, it is unknown whether it took effect; the caller re-reads.
/// A cancellation token that has fired before the call makes every verb throw <see cref="OperationCanceledException"/> and do nothing. One that fires later may be ignored; where the verb throws
/// <see cref="OperationCanceledException"/> for it, whether it took effect is unknown, but half of it never did.
/// <see cref="IAsyncDisposable.DisposeAsync"/> lets verbs that are under way end; verbs called later throw <see cref="ObjectDisposedException"/> and do nothing. Disposing again changes nothing.
/// </para>
/// <para>
/// Times are the store's: it reads one clock and no caller passes "now". A clock that is set back makes leases last longer and new runs look older; nothing else comes of it.
/// Times are kept exactly, to the 100 ns, and returned in UTC.
/// </para>
/// <para>
/// Ids and names are compared ordinally and returned exactly as they were given: never trimmed, folded, normalised or taken for a pattern. Text that <see cref="StoredText.Check"/> refuses is
/// refused by every verb that would keep it. The engine gives none that is longer than <see cref="DurableLimits"/> says; up to there every text is kept.
/// Payloads are opaque bytes, returned exactly as they were given; an absent one and one of no bytes are the same.
/// </para>
/// <para>
/// A verb's task never continues on a thread that the store needs for itself: engine and user code run on it.
/// A store that notices that what it holds of a run is not what was written throws <see cref="RunDamagedException"/> instead of returning it, and goes on with all other runs.
/// </para>
/// </remarks>
public interface IRunStore : IAsyncDisposable
{
    /// <summary>Opens the store and brings its schema up to date. Idempotent; called before any other verb.</summary>
    /// <exception cref="StoreRefusedException">What is there is not a Durable store, or a newer one.</exception>
    /// <exception cref="StoreException">It cannot be reached.</exception>
    ValueTask InitializeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Returns when this process may work the store's runs, and not before. A store that many processes may work at once returns immediately.
    /// Where one process works a store at a time, the right is held for the life of the process, and runs that a dead holder left behind are claimable at once.
    /// Entering again changes nothing.
    /// </summary>
    ValueTask EnterAsWorkerAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Creates a run in <see cref="RunStatus.Pending"/>, claimable at once, with the checkpoints that it begins with, all or nothing; or, when the id exists, changes nothing, also not its place among those that wait, and returns the run as it stands.
    /// </summary>
    /// <exception cref="ArgumentException"><see cref="CommitRules.Check(NewRun)"/> refuses the run. Nothing is written.</exception>
    ValueTask<CreateRunResult> CreateRunAsync(NewRun run, CancellationToken cancellationToken);

    /// <summary>
    /// Claims up to <see cref="ClaimRequest.Max"/> due runs of the known workflows: pending runs, whatever the clock says, running ones whose lease has passed, and suspended ones that have waited long enough.
    /// Oldest due first, over all the workflows; among those due at the same instant, in the order of creation. A run is due since it was created, released or resumed last, or since its lease or its wait passed.
    /// A claim sets <see cref="RunStatus.Running"/>, the worker, the lease, and raises the epoch by one; an epoch never comes again. One run goes to one claimer, and once into a claim.
    /// Runs of other workflows, and those beyond the maximum, are left as they are.
    /// A due run that is found damaged keeps no other from being claimed: the store sets it aside (<see cref="DamageRules.SetAside"/>) and does not return it.
    /// </summary>
    /// <exception cref="ArgumentException"><see cref="StoredText.Check"/> refuses the worker's name. Nothing is claimed.</exception>
    ValueTask<IReadOnlyList<RunRecord>> ClaimRunsAsync(ClaimRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Writes one run's checkpoints, clearings and transition, all or nothing, if the run is <see cref="RunStatus.Running"/> with this epoch; otherwise writes nothing and returns <see cref="CommitResult.Fenced"/>.
    /// Where the run's cancellation was requested and the commit does not know it, it writes nothing and returns <see cref="CommitResult.CancelRequested"/>: so a run that is to be canceled never completes.
    /// A lease that has passed does not matter while nobody claimed the run; a commit does not renew it. Checkpoints are added before others are cleared; clearing what is not there, or is cleared, changes nothing.
    /// A wait, of a checkpoint or of a suspension, begins with the commit, by the store's clock; its end is stored and does not move.
    /// Commits of different runs may share a transaction; they succeed and fail on their own.
    /// A run that ends (not one that is quarantined) has its open requests closed. Its children that have not ended are treated as their <see cref="ParentClosePolicy"/> says, with it: canceled as by <see cref="CancelRunAsync"/>
    /// unless that is asked for already, or terminated as by <see cref="TerminateRunAsync"/>, and theirs in turn (<see cref="MessageRules.ParentEnded"/> is the reason). Where it is itself a child of a run that has not ended, that one gets a message
    /// (<see cref="InboxMessageKind.ChildEnded"/>) and is woken like by a signal.
    /// </summary>
    /// <remarks>
    /// A commit that is repeated exactly, because its outcome is unknown, never writes twice: with a transition it is fenced, with checkpoints it is refused, with neither it changes nothing
    /// (so that what publishes or appends needs one of them).
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The commit breaks <see cref="CommitRules.Check(RunCommit)"/>, whatever is stored, or its first sequence is not above the run's last (<see cref="CommitRules.NotAboveLast"/>). Nothing is written, and the run is held as before.
    /// </exception>
    /// <exception cref="RunDamagedException">The run's last sequence is below <see cref="RunCommit.LastSequence"/>. Nothing is written.</exception>
    ValueTask<CommitResult> CommitAsync(RunCommit commit, CancellationToken cancellationToken);

    /// <summary>
    /// Renews the leases of runs that are still running with the given epoch, also where the lease has passed unclaimed: they hold from now, longer or shorter than before. Nothing else of the runs changes.
    /// Tells which others the holder has lost, and which of the renewed are to be canceled.
    /// </summary>
    ValueTask<RenewedLeases> RenewLeasesAsync(LeaseRenewal renewal, CancellationToken cancellationToken);

    /// <summary>The run, or null. A run that was set aside because its arguments are damaged is returned with empty ones.</summary>
    /// <exception cref="RunDamagedException">What is stored of the run is not what was written.</exception>
    ValueTask<RunRecord?> FindRunAsync(string runId, CancellationToken cancellationToken);

    /// <summary>All checkpoints of a run in sequence order, cleared ones included, in one read. Empty for a run that is unknown or has none.</summary>
    /// <exception cref="RunDamagedException">One of them is not what was written; none is returned.</exception>
    ValueTask<IReadOnlyList<CheckpointRecord>> ReadCheckpointsAsync(string runId, CancellationToken cancellationToken);

    /// <summary>
    /// Makes a failed, canceled or quarantined run claimable again in the next attempt: clears the checkpoints named by the failing set of its last end, drops its error, its cancellation and the time of its end, keeps everything else.
    /// Does nothing to a run that has not ended so, or that is final (<see cref="RunRecord.IsFinal"/>). Returns the status found before, or null for an unknown run.
    /// </summary>
    ValueTask<RunStatus?> ResumeRunAsync(ResumeRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Carries out what an operator decided about a step: clears and replaces or adds checkpoints, and makes the run claimable at once, all or nothing. A run that has ended goes on as after a resume, except that its failing set stays as it is
    /// and nothing but what the decision names is cleared; a suspended one stays in its attempt.
    /// Only a run that is failed, canceled, quarantined or suspended, is not final, and has the decision's epoch and attempt is decided on; for any other nothing happens. Returns whether it did.
    /// </summary>
    /// <exception cref="ArgumentException">The decision breaks <see cref="OperationRules.Check(StepDecision)"/>, or its outcome has the place of no stored checkpoint and of none above the run's last. Nothing is written.</exception>
    ValueTask<bool> DecideStepAsync(StepDecision decision, CancellationToken cancellationToken);

    /// <summary>
    /// Notes durably that a run is to be canceled, unless that is noted already: the first reason stays. A suspended run becomes claimable at once. Nothing else changes: the run's code is told by whoever holds it.
    /// Does nothing to a run that has ended or is quarantined. Returns the status found before, or null for an unknown run.
    /// </summary>
    /// <exception cref="ArgumentException">The reason is empty. Nothing is written.</exception>
    ValueTask<RunStatus?> CancelRunAsync(CancelRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Puts a signal into a run's inbox, behind all that was accepted before, and makes the run claimable if it is suspended and waits for messages (<see cref="RunTransition.AwaitsMessagesAfter"/>). A run that has ended accepts none; one that is quarantined does.
    /// Message ids are remembered as long as the run is there; that one was accepted before is told first, also when the run has ended since.
    /// </summary>
    /// <exception cref="ArgumentException"><see cref="MessageRules.Check(NewSignal)"/> refuses the signal. Nothing is written.</exception>
    ValueTask<SignalVerdict> SendSignalAsync(NewSignal signal, CancellationToken cancellationToken);

    /// <summary>The messages in a run's inbox whose position is above the given one, in their order. Empty for an unknown run.</summary>
    /// <exception cref="RunDamagedException">One of them is not what was written; none is returned.</exception>
    ValueTask<IReadOnlyList<InboxMessage>> ReadInboxAsync(string runId, long after, CancellationToken cancellationToken);

    /// <summary>The request, or null.</summary>
    /// <exception cref="RunDamagedException">It is not what was written.</exception>
    ValueTask<RequestRecord?> FindRequestAsync(string requestId, CancellationToken cancellationToken);

    /// <summary>
    /// Up to <see cref="RequestQuery.Max"/> open requests that meet the query, oldest first by <see cref="RequestPosition"/>, from <see cref="RequestQuery.After"/> on; also those whose time has passed and whose run does not know yet. One that is damaged is left out.
    /// </summary>
    /// <exception cref="ArgumentException"><see cref="MessageRules.Check(RequestQuery)"/> refuses the query.</exception>
    ValueTask<IReadOnlyList<RequestRecord>> ListRequestsAsync(RequestQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Answers or rejects an open request whose time has not passed: puts the answer into its run's inbox, wakes the run like a signal, and marks the request as answered, all or nothing. What keeps it from that is told in the order of <see cref="MessageRules.Judge"/>.
    /// </summary>
    ValueTask<RequestVerdict> AnswerRequestAsync(RequestAnswer answer, CancellationToken cancellationToken);

    /// <summary>Takes a sign of life for an open request whose time has not passed: its <see cref="RequestRecord.HeartbeatDueAt"/> is counted from now, where it has one.</summary>
    ValueTask<RequestVerdict> HeartbeatRequestAsync(string requestId, CancellationToken cancellationToken);

    /// <summary>What a run published last under a key; null for nothing, and for an unknown run.</summary>
    ValueTask<PublishedRecord?> FindPublishedAsync(string runId, string key, CancellationToken cancellationToken);

    /// <summary>Up to <paramref name="max"/> items of a stream of a run, in order, from an offset on. Empty for an unknown run or stream, and behind the end.</summary>
    ValueTask<IReadOnlyList<StreamRecord>> ReadStreamAsync(string runId, string stream, long from, int max, CancellationToken cancellationToken);

    /// <summary>How many runs there are by workflow, version and status, at one moment; no line where there are none.</summary>
    ValueTask<IReadOnlyList<RunCount>> CountRunsAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Up to <see cref="RunQuery.Max"/> runs that meet the query, newest first by <see cref="RunPosition"/>, from <see cref="RunQuery.After"/> on; fewer only when there are no more.
    /// A run that is there and meets the query throughout is listed exactly once over the pages, whatever happens to other runs meanwhile.
    /// Arguments, results and checkpoints are not read; a store does not look at all runs for a page where few meet the query, and the last page takes about as long as the first.
    /// </summary>
    /// <exception cref="ArgumentException">The query breaks <see cref="OperationRules.Check(RunQuery)"/>.</exception>
    ValueTask<IReadOnlyList<RunSummary>> ListRunsAsync(RunQuery query, CancellationToken cancellationToken);

    /// <summary>
    /// Removes runs that ended with one of the statuses and long enough ago, the oldest end first, those of one instant in the order of creation: each with all that belongs to it, or not at all. Runs that have not ended are never touched, nor children of runs that are there and have not ended.
    /// A batch is short: up to <see cref="PurgeRequest.Max"/> runs, fewer when they are large. Returns how many were removed; 0 when none is left.
    /// A removed id may be created anew. Its epochs go on above those of all runs removed so far, so that whoever held the removed run stays fenced.
    /// </summary>
    /// <exception cref="ArgumentException">The request breaks <see cref="OperationRules.Check(PurgeRequest)"/>. Nothing is removed.</exception>
    ValueTask<int> PurgeRunsAsync(PurgeRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Ends a run that has not ended, or is quarantined, as <see cref="RunStatus.Canceled"/> with the given error, for good, without reading its checkpoints. Whoever holds it is fenced from now on; its checkpoints stay.
    /// Does nothing to a run that completed, failed or was canceled. Returns the status found before, or null for an unknown run.
    /// </summary>
    ValueTask<RunStatus?> TerminateRunAsync(TerminateRequest request, CancellationToken cancellationToken);
}
