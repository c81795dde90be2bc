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
    /// Sends a signal to a run: durable when this returns, kept until the run's code waits for it, taken once, in the order of acceptance among those of its name. A run that has ended takes none.
    /// </summary>
    /// <typeparam name="T">What the signal brings; a type that the assembly of the run's workflow stores.</typeparam>
    /// <param name="runId">The run.</param>
    /// <param name="name">The signal's name; 1 to 200 characters.</param>
    /// <param name="value">What the signal brings.</param>
    /// <param name="messageId">Tells one sending from another: what is sent again with the same id counts once. At most <see cref="DurableLimits.MaxMessageIdLength"/> characters; null for none.</param>
    /// <param name="cancellationToken">Stops waiting; the signal may have been accepted all the same.</param>
    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    /// <exception cref="RunNotSignalableException">The run has ended, or as many signals as it may have wait for it.</exception>
    /// <exception cref="PayloadException">The value cannot be stored.</exception>
    /// <exception cref="InvalidOperationException">The run's workflow is not registered here.</exception>
    /// <exception cref="StoreException">The store could not be reached; send again, with the same message id.</exception>
    Task SignalAsync<T>(string runId, string name, T value, string? messageId = null, CancellationToken cancellationToken = default);

    /// <summary>Sends a signal to a run; see <see cref="SignalAsync{T}"/>.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="call">The signal and what it brings, from the generated <c>&lt;Name&gt;Signal(...)</c>.</param>
    /// <param name="messageId">Tells one sending from another: what is sent again with the same id counts once. At most <see cref="DurableLimits.MaxMessageIdLength"/> characters; null for none.</param>
    /// <param name="cancellationToken">Stops waiting; the signal may have been accepted all the same.</param>
    /// <exception cref="RunNotFoundException">The store has no such run.</exception>
    /// <exception cref="RunNotSignalableException">The run has ended, or as many signals as it may have wait for it.</exception>
    /// <exception cref="StoreException">The store could not be reached; send again, with the same message id.</exception>
    Task SignalAsync(string runId, SignalCall call, string? messageId = null, CancellationToken cancellationToken = default);

    /// <summary>One page of the requests that wait for an answer, oldest first.</summary>
    /// <param name="filter">Which; null for all.</param>
    /// <param name="pageSize">How many a page has: 1 to <see cref="DurableLimits.MaxPageSize"/>.</param>
    /// <param name="after">The last request of the page before; null for the first page.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <exception cref="ArgumentException">The page size is out of range.</exception>
    /// <exception cref="StoreException">The store could not be asked; ask again.</exception>
    Task<IReadOnlyList<RequestInfo>> ListRequestsAsync(RequestFilter? filter = null, int pageSize = 100, RequestInfo? after = null, CancellationToken cancellationToken = default);

    /// <summary>Answers a request; durable when this returns. The first answer counts.</summary>
    /// <typeparam name="TResponse">The answer, of the type that the request asks for.</typeparam>
    /// <param name="requestId">The request.</param>
    /// <param name="response">The answer.</param>
    /// <param name="cancellationToken">Stops waiting; the answer may have been accepted all the same.</param>
    /// <exception cref="RequestNotFoundException">The store has no such request.</exception>
    /// <exception cref="RequestAnsweredException">It was answered before.</exception>
    /// <exception cref="RequestClosedException">Its time has passed, or its run no longer asks.</exception>
    /// <exception cref="PayloadException">The answer cannot be stored.</exception>
    /// <exception cref="InvalidOperationException">The run's workflow is not registered here.</exception>
    /// <exception cref="StoreException">The store could not be reached; answer again.</exception>
    Task AnswerRequestAsync<TResponse>(string requestId, TResponse response, CancellationToken cancellationToken = default);

    /// <summary>Rejects a request: the code that asked gets a <see cref="StepFailedException"/> with the reason. See <see cref="AnswerRequestAsync"/>.</summary>
    /// <param name="requestId">The request.</param>
    /// <param name="reason">Why; at most <see cref="DurableLimits.MaxReasonLength"/> characters.</param>
    /// <param name="cancellationToken">Stops waiting; the rejection may have been accepted all the same.</param>
    /// <exception cref="RequestNotFoundException">The store has no such request.</exception>
    /// <exception cref="RequestAnsweredException">It was answered before.</exception>
    /// <exception cref="RequestClosedException">Its time has passed, or its run no longer asks.</exception>
    /// <exception cref="ArgumentException">The reason is empty or too long.</exception>
    /// <exception cref="StoreException">The store could not be reached; reject again.</exception>
    Task RejectRequestAsync(string requestId, string reason, CancellationToken cancellationToken = default);

    /// <summary>Says that somebody still works on the answer to a request: its <see cref="RequestOptions.HeartbeatTimeout"/> begins anew. Without one nothing happens.</summary>
    /// <param name="requestId">The request.</param>
    /// <param name="cancellationToken">Stops waiting for the store.</param>
    /// <exception cref="RequestNotFoundException">The store has no such request.</exception>
    /// <exception cref="RequestAnsweredException">It was answered before.</exception>
    /// <exception cref="RequestClosedException">Its time has passed, or its run no longer asks: stop working on it.</exception>
    /// <exception cref="StoreException">The store could not be reached.</exception>
    Task HeartbeatRequestAsync(string requestId, CancellationToken cancellationToken = default);

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
