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
