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

    /// <summary>Lets a failed or quarantined run go on: what failed runs again, what completed does not. Does nothing to a run that has not ended.</summary>
    /// <param name="acceptDivergence">True to go on as the code is now, although it no longer asks for recorded checkpoints in their order: steps that it still calls keep their outcomes, the others' are cleared when the run completes.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    /// <exception cref="RunNotResumableException">The run completed or was canceled.</exception>
    /// <exception cref="StoreException">The store could not be reached; resume again.</exception>
    public abstract Task ResumeAsync(bool acceptDivergence = false, CancellationToken cancellationToken = default);

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

    private protected sealed override Task WaitAsync(CancellationToken cancellationToken) => GetResultAsync(cancellationToken);
}
