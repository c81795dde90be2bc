namespace Durable;

/// <summary>Starts runs and finds them again. Safe for concurrent use.</summary>
public interface IDurableClient
{
    /// <summary>
    /// Starts a run of the workflow's highest version registered here, durable when this returns. Starting the same run id again returns the run that exists (guarantee G1),
    /// which stays on the version that it was started on.
    /// </summary>
    /// <param name="call">The workflow and its arguments, from the generated <c>&lt;Name&gt;Call(...)</c>.</param>
    /// <param name="runId">The run's name, 1 to 200 characters; null for a new random one.</param>
    /// <param name="options">How to treat a run that exists; null for the defaults.</param>
    /// <param name="cancellationToken">Stops waiting; the run may have been started all the same.</param>
    /// <exception cref="RunConflictException">The run id belongs to another workflow or to other arguments.</exception>
    /// <exception cref="PayloadException">The highest version cannot read the arguments of the version that the call was made for.</exception>
    /// <exception cref="PayloadTooLargeException">The arguments exceed <see cref="DurableLimits.MaxPayloadBytes"/>.</exception>
    /// <exception cref="StoreException">The store could not be reached; start the same run id again.</exception>
    Task<RunHandle> StartAsync(WorkflowCall call, string? runId = null, StartOptions? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="StartAsync(WorkflowCall, string?, StartOptions?, CancellationToken)"/>
    /// <typeparam name="TResult">The workflow's result.</typeparam>
    Task<RunHandle<TResult>> StartAsync<TResult>(WorkflowCall<TResult> call, string? runId = null, StartOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Starts a run and waits for its end.</summary>
    /// <inheritdoc cref="StartAsync(WorkflowCall, string?, StartOptions?, CancellationToken)"/>
    /// <exception cref="RunFailedException">The run failed.</exception>
    /// <exception cref="RunCanceledException">The run was canceled.</exception>
    /// <exception cref="RunQuarantinedException">The run was set aside.</exception>
    Task RunAsync(WorkflowCall call, string? runId = null, StartOptions? options = null, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="RunAsync(WorkflowCall, string?, StartOptions?, CancellationToken)"/>
    /// <typeparam name="TResult">The workflow's result.</typeparam>
    Task<TResult> RunAsync<TResult>(WorkflowCall<TResult> call, string? runId = null, StartOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>A handle on a run by its id; the store is asked only by the handle's own calls.</summary>
    /// <param name="runId">The run's id.</param>
    RunHandle GetRun(string runId);

    /// <summary>A handle on a run whose result is a <typeparamref name="TResult"/>.</summary>
    /// <typeparam name="TResult">The workflow's result, as declared.</typeparam>
    /// <param name="runId">The run's id.</param>
    RunHandle<TResult> GetRun<TResult>(string runId);
}
