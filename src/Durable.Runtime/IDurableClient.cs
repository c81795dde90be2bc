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

    /// <summary>
    /// One page of the runs that meet a filter, newest first. A run that meets it throughout is on exactly one page, whatever happens to other runs between two pages.
    /// Arguments, results and checkpoints are not read.
    /// </summary>
    /// <param name="filter">Which runs; null for all.</param>
    /// <param name="pageSize">How many runs a page has: 1 to <see cref="DurableLimits.MaxPageSize"/>. It may differ from page to page.</param>
    /// <param name="continuation">The <see cref="RunPage.Continuation"/> of the page before, with the same filter; null for the first page.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <exception cref="ArgumentException">The page size is out of range, the filter holds what no run has, or the continuation belongs to another listing.</exception>
    /// <exception cref="StoreException">The store could not be asked; ask again.</exception>
    Task<RunPage> ListRunsAsync(RunFilter? filter = null, int pageSize = 100, string? continuation = null, CancellationToken cancellationToken = default);

    /// <summary>All runs that meet a filter, newest first, read page by page as they are enumerated.</summary>
    /// <param name="filter">Which runs; null for all.</param>
    /// <param name="cancellationToken">Stops the enumeration.</param>
    /// <exception cref="ArgumentException">The filter holds what no run has.</exception>
    /// <exception cref="StoreException">The store could not be asked.</exception>
    IAsyncEnumerable<RunInfo> EnumerateRunsAsync(RunFilter? filter = null, CancellationToken cancellationToken = default);

    /// <summary>
    /// Removes runs that ended long enough ago, with all their checkpoints, in small batches between which others write. Runs that have not ended are never removed; runs that end meanwhile are left for the next purge.
    /// A removed run id can be started anew.
    /// </summary>
    /// <param name="age">Removes runs that ended at least this long ago, by the store's clock; zero for all that have ended.</param>
    /// <param name="statuses">Which runs: statuses that a run can end with, or <see cref="RunStatus.Quarantined"/>. Null for <see cref="RunStatus.Completed"/> and <see cref="RunStatus.Canceled"/>: the others may still be resumed.</param>
    /// <param name="cancellationToken">Stops between two batches; what is removed by then stays removed.</param>
    /// <returns>How many runs were removed.</returns>
    /// <exception cref="ArgumentException">The age is negative, or a status is not one of a run that ended.</exception>
    /// <exception cref="StoreException">The store could not be reached; purge again.</exception>
    Task<long> PurgeRunsAsync(TimeSpan age, IReadOnlyCollection<RunStatus>? statuses = null, CancellationToken cancellationToken = default);
}
