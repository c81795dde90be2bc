namespace Durable;

/// <summary>One run, seen from outside.</summary>
public abstract class RunHandle
{
    private protected RunHandle(string runId) => RunId = runId;

    /// <summary>The run's id.</summary>
    public string RunId { get; }

    /// <summary>Where the run stands now.</summary>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    /// <exception cref="RunDamagedException">What the store holds of the run is not what was written.</exception>
    /// <exception cref="StoreException">The store could not be asked.</exception>
    public abstract Task<RunStatus> GetStatusAsync(CancellationToken cancellationToken = default);

    /// <summary>What the store knows of the run, without its payloads.</summary>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    /// <exception cref="RunDamagedException">What the store holds of the run is not what was written.</exception>
    /// <exception cref="StoreException">The store could not be asked.</exception>
    public abstract Task<RunInfo> GetInfoAsync(CancellationToken cancellationToken = default);

    /// <summary>The run's checkpoints in the order in which they were delivered to its code.</summary>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    /// <exception cref="RunDamagedException">What the store holds of the run is not what was written.</exception>
    /// <exception cref="StoreException">The store could not be asked.</exception>
    public abstract Task<IReadOnlyList<Checkpoint>> GetCheckpointsAsync(CancellationToken cancellationToken = default);

    /// <summary>Waits for the end of the run.</summary>
    /// <param name="cancellationToken">Stops waiting; the run goes on.</param>
    /// <exception cref="RunFailedException">The run failed.</exception>
    /// <exception cref="RunCanceledException">The run was canceled.</exception>
    /// <exception cref="RunQuarantinedException">The run was set aside.</exception>
    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    /// <exception cref="RunDamagedException">What the store holds of the run is not what was written.</exception>
    /// <exception cref="StoreException">The store could not be asked; the run goes on, wait for it again.</exception>
    public Task GetResultAsync(CancellationToken cancellationToken = default) => WaitAsync(cancellationToken);

    /// <summary>Sends a signal to the run; see <see cref="IDurableClient.SignalAsync{T}"/>.</summary>
    /// <typeparam name="T">What the signal brings.</typeparam>
    /// <param name="name">The signal's name; 1 to 200 characters.</param>
    /// <param name="value">What the signal brings.</param>
    /// <param name="messageId">Tells one sending from another; null for none.</param>
    /// <param name="cancellationToken">Stops waiting; the signal may have been accepted all the same.</param>
    /// <inheritdoc cref="IDurableClient.SignalAsync{T}" path="/exception"/>
    public abstract Task SignalAsync<T>(string name, T value, string? messageId = null, CancellationToken cancellationToken = default);

    /// <summary>Sends a signal to the run; see <see cref="IDurableClient.SignalAsync(string, SignalCall, string?, CancellationToken)"/>.</summary>
    /// <param name="call">The signal and what it brings, from the generated <c>&lt;Name&gt;Signal(...)</c>.</param>
    /// <param name="messageId">Tells one sending from another; null for none.</param>
    /// <param name="cancellationToken">Stops waiting; the signal may have been accepted all the same.</param>
    /// <inheritdoc cref="IDurableClient.SignalAsync(string, SignalCall, string?, CancellationToken)" path="/exception"/>
    public abstract Task SignalAsync(SignalCall call, string? messageId = null, CancellationToken cancellationToken = default);

    /// <summary>What the run published last under a key (<see cref="WorkflowContext.PublishAsync"/>); null before it published something.</summary>
    /// <typeparam name="T">The value, of the type that was published.</typeparam>
    /// <param name="key">The key.</param>
    /// <param name="afterVersion">Waits until there is a later version than this, or the run has ended: then the last one is returned, whatever its version. 0 (default) does not wait.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    /// <exception cref="PayloadException">What was published is not a <typeparamref name="T"/>.</exception>
    /// <exception cref="InvalidOperationException">The run's workflow is not registered here.</exception>
    /// <exception cref="StoreException">The store could not be asked.</exception>
    public abstract Task<PublishedValue<T>?> GetPublishedAsync<T>(string key, long afterVersion = 0, CancellationToken cancellationToken = default);

    /// <summary>The items of a stream of the run (<see cref="WorkflowContext.AppendAsync"/>), as they are appended. Ends when the run has ended and all are read.</summary>
    /// <typeparam name="T">The items, of the type that is appended.</typeparam>
    /// <param name="stream">The stream's name.</param>
    /// <param name="fromOffset">The first offset asked for; 0 (default) for all.</param>
    /// <param name="cancellationToken">Stops the enumeration.</param>
    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    /// <exception cref="PayloadException">An item is not a <typeparamref name="T"/>.</exception>
    /// <exception cref="InvalidOperationException">The run's workflow is not registered here.</exception>
    /// <exception cref="StoreException">The store could not be asked; read on from the next offset.</exception>
    public abstract IAsyncEnumerable<StreamItem<T>> ReadStreamAsync<T>(string stream, long fromOffset = 0, CancellationToken cancellationToken = default);

    /// <summary>
    /// Asks for the run to be canceled; durable when this returns. From then on it does not complete any more. Calls of its code that are recorded return their record;
    /// at the first call or wait without one the code is told: tokens of running bodies are canceled, and each later durable call throws <see cref="RunCanceledException"/>, but for those in a <see cref="WorkflowContext.Shield{TResult}"/>.
    /// What it gave to <see cref="WorkflowContext.Compensate"/> runs; then the run is <see cref="RunStatus.Canceled"/>. A body that does not listen to its token is waited for.
    /// A worker in this process is told at once; one elsewhere at its next write or renewal, after a third of the lease at the latest.
    /// </summary>
    /// <remarks>Asking again changes nothing: the first reason stays. A run that ended as canceled can be resumed, which withdraws the cancellation, unless part of it was undone.</remarks>
    /// <param name="reason">Why; at most <see cref="DurableLimits.MaxReasonLength"/> characters. The code finds it in <see cref="RunCanceledException.Reason"/>. Null or blank for none.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    /// <exception cref="RunNotCancelableException">The run completed or failed before, or is quarantined; nothing was changed.</exception>
    /// <exception cref="ArgumentException">The reason is too long.</exception>
    /// <exception cref="StoreException">The store could not be reached; cancel again.</exception>
    public abstract Task CancelAsync(string? reason = null, CancellationToken cancellationToken = default);

    /// <summary>Lets a failed, canceled or quarantined run go on: what failed or was canceled runs again, what completed does not. Withdraws a cancellation. Does nothing to a run that has not ended.</summary>
    /// <param name="acceptDivergence">True to go on as the code is now, although it no longer asks for recorded checkpoints in their order: steps that it still calls keep their outcomes, the others' are cleared when the run completes.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    /// <exception cref="RunNotResumableException">The run completed, was terminated, or part of it was undone.</exception>
    /// <exception cref="StoreException">The store could not be reached; resume again.</exception>
    public abstract Task ResumeAsync(bool acceptDivergence = false, CancellationToken cancellationToken = default);

    /// <summary>
    /// An operator says how a step turned out: it has completed with this result, as if its body had returned it, and the run goes on at once. For a step that failed, timed out or was interrupted
    /// (what its body did outside is known by now, or was done by hand), and for one that has no outcome while an attempt of it is waited for, or was begun and not ended.
    /// Only in a run that is failed, canceled, quarantined or suspended. A step that has completed is never changed. Doing the same again does nothing, so that a call whose answer was lost can be repeated.
    /// </summary>
    /// <remarks>
    /// The outcome takes the place of the old one in the order of the run. Code that had caught the failure and moved past it may now take another way than recorded, and the run be quarantined: <see cref="ResumeAsync"/> accepts that, or fork the run.
    /// </remarks>
    /// <typeparam name="TValue">The step's result, as declared.</typeparam>
    /// <param name="stepId">The step's full id, as <see cref="Checkpoint.StepId"/> has it.</param>
    /// <param name="value">The result. It is stored as the step's declaration stores it.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    /// <exception cref="StepNotFoundException">Nothing is recorded of the step.</exception>
    /// <exception cref="StepNotDecidableException">The step has completed with another result, the run goes on by itself, has completed, or has ended for good.</exception>
    /// <exception cref="ArgumentException">The step has a result of another type.</exception>
    /// <exception cref="InvalidOperationException">This process does not know the run's workflow, or how the step stores its result.</exception>
    /// <exception cref="PayloadException">The value cannot be stored.</exception>
    /// <exception cref="RunDamagedException">What the store holds of the run is not what was written.</exception>
    /// <exception cref="StoreException">The store could not be reached; decide again.</exception>
    public abstract Task CompleteStepAsync<TValue>(string stepId, TValue value, CancellationToken cancellationToken = default);

    /// <summary>An operator says that a step without a result has completed; see <see cref="CompleteStepAsync{TValue}(string, TValue, CancellationToken)"/>.</summary>
    /// <param name="stepId">The step's full id, as <see cref="Checkpoint.StepId"/> has it.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    /// <exception cref="StepNotFoundException">Nothing is recorded of the step.</exception>
    /// <exception cref="StepNotDecidableException">The run goes on by itself, has completed, or has ended for good.</exception>
    /// <exception cref="ArgumentException">The step has a result.</exception>
    /// <exception cref="InvalidOperationException">This process does not know the run's workflow, or how the step stores its result.</exception>
    /// <exception cref="RunDamagedException">What the store holds of the run is not what was written.</exception>
    /// <exception cref="StoreException">The store could not be reached; decide again.</exception>
    public abstract Task CompleteStepAsync(string stepId, CancellationToken cancellationToken = default);

    /// <summary>
    /// An operator says that a step has failed for good, and the run goes on at once: its code gets <see cref="StepFailedException"/>, caused by <see cref="FailedByOperatorException"/>.
    /// For the same steps and runs as <see cref="CompleteStepAsync{TValue}(string, TValue, CancellationToken)"/>. No later attempt of the run clears such a failure; only an operator decides anew.
    /// </summary>
    /// <param name="stepId">The step's full id, as <see cref="Checkpoint.StepId"/> has it.</param>
    /// <param name="message">Why, for the code and for whoever looks at the run; 1 to <see cref="DurableLimits.MaxReasonLength"/> characters.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    /// <exception cref="StepNotFoundException">Nothing is recorded of the step.</exception>
    /// <exception cref="StepNotDecidableException">The step has completed, the run goes on by itself, has completed, or has ended for good.</exception>
    /// <exception cref="ArgumentException">The message is empty or too long.</exception>
    /// <exception cref="RunDamagedException">What the store holds of the run is not what was written.</exception>
    /// <exception cref="StoreException">The store could not be reached; decide again.</exception>
    public abstract Task FailStepAsync(string stepId, string message, CancellationToken cancellationToken = default);

    /// <summary>
    /// An operator lets the body of a step run again, with all its attempts, whatever its mode: also one that runs at most once, was interrupted, and is known to have had no effect. The run goes on at once.
    /// For the same steps and runs as <see cref="CompleteStepAsync{TValue}(string, TValue, CancellationToken)"/>. Other failures stay recorded: <see cref="ResumeAsync"/> clears those that let the run fail.
    /// </summary>
    /// <param name="stepId">The step's full id, as <see cref="Checkpoint.StepId"/> has it.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    /// <exception cref="StepNotFoundException">Nothing is recorded of the step.</exception>
    /// <exception cref="StepNotDecidableException">The step has completed, the run goes on by itself, has completed, or has ended for good.</exception>
    /// <exception cref="RunDamagedException">What the store holds of the run is not what was written.</exception>
    /// <exception cref="StoreException">The store could not be reached; look at the run before you ask again.</exception>
    public abstract Task RetryStepAsync(string stepId, CancellationToken cancellationToken = default);

    /// <summary>
    /// Begins a new run of the same workflow, version and arguments with copies of everything that this run stored before the outcome of a step: that step and everything after it is executed anew, in the new run.
    /// This run stays as it is, whatever its status; one that goes on is read at one moment. Of a step without an outcome yet, everything stored by now is copied.
    /// The same run id again returns the run that exists.
    /// </summary>
    /// <remarks>
    /// While the new run replays the copies, <see cref="WorkflowContext.NewGuid"/>, <see cref="WorkflowContext.Random"/> and <see cref="WorkflowContext.UtcNow"/> give what they gave in this one; behind them, and in idempotency tokens, the new run's own.
    /// <see cref="WorkflowContext.RunId"/> is the new run's from the beginning: steps that had it as an argument keep their copied outcomes, those that have it as their <see cref="StepKeyAttribute"/> are not recognized, and the new run is quarantined.
    /// </remarks>
    /// <param name="fromStep">The full id of the first step to execute anew, as <see cref="Checkpoint.StepId"/> has it. Steps beside it whose outcomes were stored later are executed anew too.</param>
    /// <param name="runId">The new run's name, 1 to 200 characters; null for a new random one.</param>
    /// <param name="cancellationToken">Stops waiting; the run may have been started all the same.</param>
    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    /// <exception cref="StepNotFoundException">Nothing is recorded of the step.</exception>
    /// <exception cref="RunConflictException">The run id belongs to a run that does not begin so.</exception>
    /// <exception cref="RunNotForkableException">The run's arguments are lost, or the run was undoing its work by then.</exception>
    /// <exception cref="PayloadCodecException">What would be copied cannot be decoded.</exception>
    /// <exception cref="RunDamagedException">What the store holds of the run is not what was written.</exception>
    /// <exception cref="StoreException">The store could not be reached; fork to the same run id again.</exception>
    public Task<RunHandle> ForkAsync(string fromStep, string? runId = null, CancellationToken cancellationToken = default) => ForkCoreAsync(fromStep, runId, cancellationToken);

    /// <summary>
    /// Begins a new run of the same workflow, version and arguments with copies of everything that this run stored up to a checkpoint, that one included; see <see cref="ForkAsync"/>.
    /// </summary>
    /// <param name="checkpoint">The <see cref="Checkpoint.Sequence"/> of the last checkpoint to copy.</param>
    /// <param name="runId">The new run's name, 1 to 200 characters; null for a new random one.</param>
    /// <param name="cancellationToken">Stops waiting; the run may have been started all the same.</param>
    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The run has no such checkpoint.</exception>
    /// <exception cref="RunConflictException">The run id belongs to a run that does not begin so.</exception>
    /// <exception cref="RunNotForkableException">The run's arguments are lost, or the run was undoing its work by then.</exception>
    /// <exception cref="PayloadCodecException">What would be copied cannot be decoded.</exception>
    /// <exception cref="RunDamagedException">What the store holds of the run is not what was written.</exception>
    /// <exception cref="StoreException">The store could not be reached; restore to the same run id again.</exception>
    public Task<RunHandle> RestoreAsync(long checkpoint, string? runId = null, CancellationToken cancellationToken = default) => RestoreCoreAsync(checkpoint, runId, cancellationToken);

    /// <summary>
    /// Ends a run that has not ended, or is quarantined, at once as <see cref="RunStatus.Canceled"/>. Its history is not loaded and its code is not told: neither <c>catch</c> nor <c>finally</c> of it runs.
    /// A worker in this process stops its code and cancels the tokens of its bodies at once; one elsewhere at its next write or renewal, after a third of the lease at the latest. Whatever they finish afterwards is not stored.
    /// The run cannot be resumed. Does nothing to a run that is canceled already, so that a call whose answer was lost can be repeated.
    /// </summary>
    /// <param name="reason">Why, for whoever looks at the run; at most <see cref="DurableLimits.MaxReasonLength"/> characters. Kept in <see cref="RunInfo.Error"/>. Null or blank for none.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    /// <exception cref="RunNotTerminableException">The run completed or failed before; nothing was changed.</exception>
    /// <exception cref="ArgumentException">The reason is too long.</exception>
    /// <exception cref="StoreException">The store could not be reached; terminate again.</exception>
    public abstract Task TerminateAsync(string? reason = null, CancellationToken cancellationToken = default);

    /// <summary>Writes the run and all its checkpoints as one JSON document in UTF-8, with what is sensitive masked; see <see cref="ExportAsync(Stream, RunExportOptions?, CancellationToken)"/>.</summary>
    /// <param name="destination">Where to write; flushed, and left open.</param>
    /// <param name="cancellationToken">Stops writing; what is written by then is no whole document.</param>
    /// <exception cref="RunNotFoundException">The store has no such run; nothing was written.</exception>
    /// <exception cref="ArgumentException">The destination cannot be written to.</exception>
    /// <exception cref="StoreException">The store could not be asked; nothing was written.</exception>
    public Task ExportAsync(Stream destination, CancellationToken cancellationToken = default) => ExportAsync(destination, null, cancellationToken);

    /// <summary>
    /// Writes the run and all its checkpoints as one JSON document in UTF-8. <b>It holds the run's payloads</b>: arguments, results and errors. What is marked <see cref="SensitiveAttribute"/> is masked; the messages of exceptions are as user code wrote them.
    /// </summary>
    /// <remarks>
    /// The member <c>formatVersion</c> (now 1) is raised when members change their meaning; readers ignore members that they do not know. Members have a fixed order, times are UTC in ISO 8601, and what is absent is left out.
    /// A payload is JSON under its name, or, where it is not JSON, base64 under its name with <c>Base64</c> behind it. A run that goes on is shown as it stood at one moment.
    /// A payload that holds sensitive members is read and written anew, by the types of this process. One that they cannot read, and all payloads of a run whose workflow is not registered here, are withheld: in their place, a member with <c>Withheld</c> behind its name says why.
    /// </remarks>
    /// <param name="destination">Where to write; flushed, and left open.</param>
    /// <param name="options">What is shown; null for the defaults.</param>
    /// <param name="cancellationToken">Stops writing; what is written by then is no whole document.</param>
    /// <exception cref="RunNotFoundException">The store has no such run; nothing was written.</exception>
    /// <exception cref="ArgumentException">The destination cannot be written to.</exception>
    /// <exception cref="StoreException">The store could not be asked; nothing was written.</exception>
    public Task ExportAsync(Stream destination, RunExportOptions? options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        return destination.CanWrite
            ? ExportCoreAsync(destination, options ?? new RunExportOptions(), cancellationToken)
            : throw new ArgumentException("The destination cannot be written to: it is closed, or open for reading only.", nameof(destination));
    }

    private protected abstract Task<RunHandle> ForkCoreAsync(string fromStep, string? runId, CancellationToken cancellationToken);

    private protected abstract Task<RunHandle> RestoreCoreAsync(long checkpoint, string? runId, CancellationToken cancellationToken);

    private protected abstract Task ExportCoreAsync(Stream destination, RunExportOptions options, CancellationToken cancellationToken);

    private protected abstract Task WaitAsync(CancellationToken cancellationToken);
}

/// <summary>One run with a result, seen from outside.</summary>
/// <typeparam name="TResult">The workflow's result.</typeparam>
public abstract class RunHandle<TResult> : RunHandle
{
    private protected RunHandle(string runId) : base(runId) { }

    /// <summary>Waits for the end of the run and returns its result.</summary>
    /// <inheritdoc cref="RunHandle.GetResultAsync"/>
    public new abstract Task<TResult> GetResultAsync(CancellationToken cancellationToken = default);

    /// <inheritdoc cref="RunHandle.ForkAsync"/>
    public new abstract Task<RunHandle<TResult>> ForkAsync(string fromStep, string? runId = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="RunHandle.RestoreAsync"/>
    public new abstract Task<RunHandle<TResult>> RestoreAsync(long checkpoint, string? runId = null, CancellationToken cancellationToken = default);

    private protected sealed override async Task<RunHandle> ForkCoreAsync(string fromStep, string? runId, CancellationToken cancellationToken) => await ForkAsync(fromStep, runId, cancellationToken);

    private protected sealed override async Task<RunHandle> RestoreCoreAsync(long checkpoint, string? runId, CancellationToken cancellationToken) => await RestoreAsync(checkpoint, runId, cancellationToken);

    private protected sealed override Task WaitAsync(CancellationToken cancellationToken) => GetResultAsync(cancellationToken);
}
