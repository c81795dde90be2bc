using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Durable;

/// <summary>What workflow code may ask of its run. Everything here gives the same answer on every replay.</summary>
public abstract partial class WorkflowContext
{
    private protected WorkflowContext() { }

    /// <summary>The id that the run was started with.</summary>
    public abstract string RunId { get; }

    /// <summary>Which attempt of the run this is; 1 at first, one more after each resume of a failed run.</summary>
    public abstract int Attempt { get; }

    /// <summary>True while the code runs over checkpoints that were recorded earlier.</summary>
    public abstract bool IsReplaying { get; }

    /// <summary>A logger for workflow code that is silent on replay, so that each line appears once.</summary>
    public abstract ILogger Logger { get; }

    /// <summary>
    /// Canceled when the code is told that the run is canceled (<see cref="RunHandle.CancelAsync"/>), and when this incarnation of the run ends: lost lease, shutdown. Inside a shield or a compensation only the latter.
    /// Foreign work that the code awaits should listen to it; durable calls do without.
    /// </summary>
    public abstract CancellationToken CancellationToken { get; }

    /// <summary>The recorded time of the last checkpoint delivered to the code; the start of the run before the first.</summary>
    public abstract DateTimeOffset UtcNow { get; }

    /// <summary>A <see cref="Guid"/> that is derived from the run id and the position of the call, and so is the same on replay. Nothing is stored.</summary>
    public abstract Guid NewGuid();

    /// <summary>A random sequence that is derived from the run id and the scope, and so is the same on replay. Nothing is stored.</summary>
    public abstract Random Random { get; }

    /// <summary>Runs an inline step without a key; see <see cref="StepAsync{TResult}(string, string, Func{CancellationToken, Task{TResult}})"/>.</summary>
    /// <param name="name">The step's name.</param>
    /// <param name="body">The body, which runs at least once.</param>
    [DebuggerStepThrough]
    public Task<TResult> StepAsync<TResult>(string name, Func<CancellationToken, Task<TResult>> body) => StepAsync(name, null, body);

    /// <summary>Runs an inline step, for the dynamic case: what is not known before the run. Captured variables are not fingerprinted.</summary>
    /// <typeparam name="TResult">The result, stored with the checkpoint; it must be a type the generator saw, which is any type argument written at a call.</typeparam>
    /// <param name="name">The step's name; 1 to 200 characters.</param>
    /// <param name="key">Distinguishes calls of one name; null for none.</param>
    /// <param name="body">The body, which runs at least once.</param>
    /// <exception cref="StepFailedException">The body threw.</exception>
    public abstract Task<TResult> StepAsync<TResult>(string name, string? key, Func<CancellationToken, Task<TResult>> body);

    /// <summary>Runs an inline step without key and result.</summary>
    /// <param name="name">The step's name.</param>
    /// <param name="body">The body, which runs at least once.</param>
    [DebuggerStepThrough]
    public Task StepAsync(string name, Func<CancellationToken, Task> body) => StepAsync(name, null, body);

    /// <summary>Runs an inline step without result.</summary>
    /// <param name="name">The step's name; 1 to 200 characters.</param>
    /// <param name="key">Distinguishes calls of one name; null for none.</param>
    /// <param name="body">The body, which runs at least once.</param>
    /// <exception cref="StepFailedException">The body threw.</exception>
    public abstract Task StepAsync(string name, string? key, Func<CancellationToken, Task> body);

    /// <summary>Runs an inline step that may be tried again, or runs at most once.</summary>
    /// <typeparam name="TResult">The result, stored with the checkpoint; it must be a type the generator saw, which is any type argument written at a call.</typeparam>
    /// <param name="name">The step's name; 1 to 200 characters.</param>
    /// <param name="key">Distinguishes calls of one name; null for none.</param>
    /// <param name="options">How it is executed.</param>
    /// <param name="body">The body, which gets what a declared step's body gets.</param>
    /// <exception cref="StepFailedException">The last attempt of the body threw.</exception>
    /// <exception cref="StepInterruptedException">The step runs at most once, and whether its body took effect is unknown.</exception>
    public abstract Task<TResult> StepAsync<TResult>(string name, string? key, StepOptions options, Func<StepContext, CancellationToken, Task<TResult>> body);

    /// <summary>Runs an inline step without result that may be tried again, or runs at most once; see <see cref="StepAsync{TResult}(string, string, StepOptions, Func{StepContext, CancellationToken, Task{TResult}})"/>.</summary>
    /// <param name="name">The step's name; 1 to 200 characters.</param>
    /// <param name="key">Distinguishes calls of one name; null for none.</param>
    /// <param name="options">How it is executed.</param>
    /// <param name="body">The body, which gets what a declared step's body gets.</param>
    /// <exception cref="StepFailedException">The last attempt of the body threw.</exception>
    /// <exception cref="StepInterruptedException">The step runs at most once, and whether its body took effect is unknown.</exception>
    public abstract Task StepAsync(string name, string? key, StepOptions options, Func<StepContext, CancellationToken, Task> body);

    /// <summary>
    /// Acquires a step that the code executes by hand, for what fits in no body: <see cref="StepGuard{TResult}.IsRecorded"/> says whether it has completed before, with <see cref="StepGuard{TResult}.Result"/>; where it has not, the code executes it now and
    /// reports by <see cref="StepGuard{TResult}.CompleteAsync"/> or <see cref="StepGuard{TResult}.FailAsync(Exception)"/>. Like an inline step it has an id, is executed at least once, and its outcome is delivered in the order of the run.
    /// </summary>
    /// <remarks>What is executed in between runs as workflow code, on the run's context, and may await foreign work. It must not make durable calls: in code that makes one call after the other they throw, in other code the next replay diverges.</remarks>
    /// <typeparam name="TResult">The result, stored with the checkpoint; it must be a type the generator saw, which is any type argument written at a call.</typeparam>
    /// <param name="name">The step's name; 1 to 200 characters.</param>
    /// <param name="key">Distinguishes calls of one name; null for none.</param>
    /// <exception cref="StepFailedException">The step is recorded as failed.</exception>
    public abstract Task<StepGuard<TResult>> AcquireStepAsync<TResult>(string name, string? key = null);

    /// <summary>Acquires a step without result that the code executes by hand; see <see cref="AcquireStepAsync{TResult}"/>.</summary>
    /// <param name="name">The step's name; 1 to 200 characters.</param>
    /// <param name="key">Distinguishes calls of one name; null for none.</param>
    /// <exception cref="StepFailedException">The step is recorded as failed.</exception>
    public abstract Task<StepGuard> AcquireStepAsync(string name, string? key = null);

    /// <summary>Opens a scope: a branch whose steps are counted on their own, so that concurrent branches may call the same unkeyed steps.</summary>
    /// <param name="name">The scope's name; 1 to 200 characters. A second scope of one name gets the next ordinal.</param>
    /// <param name="body">The branch. It gets the context of the new scope, which takes calls until the branch has ended and nothing that was under way then is left: a later call throws <see cref="InvalidOperationException"/>.</param>
    public abstract Task<TResult> ScopeAsync<TResult>(string name, Func<WorkflowContext, Task<TResult>> body);

    /// <summary>Opens a scope without result; see <see cref="ScopeAsync{TResult}"/>.</summary>
    /// <param name="name">The scope's name; 1 to 200 characters.</param>
    /// <param name="body">The branch. It gets the context of the new scope.</param>
    public abstract Task ScopeAsync(string name, Func<WorkflowContext, Task> body);

    /// <summary>
    /// Opens a scope whose steps run although the run is canceled: for what must be brought to its end, such as handing back what was taken. Its steps' bodies keep their tokens, too.
    /// Once it has begun, the run gets no further attempt by itself and cannot be resumed when it has failed or was canceled (<see cref="RunNotResumableException"/>).
    /// </summary>
    /// <typeparam name="TResult">What the code gets.</typeparam>
    /// <param name="name">The scope's name; 1 to 200 characters. A second scope of one name gets the next ordinal.</param>
    /// <param name="body">The code. It gets the context of the new scope.</param>
    public abstract Task<TResult> Shield<TResult>(string name, Func<WorkflowContext, Task<TResult>> body);

    /// <summary>Opens a scope without result whose steps run although the run is canceled; see <see cref="Shield{TResult}"/>.</summary>
    /// <param name="name">The scope's name; 1 to 200 characters.</param>
    /// <param name="body">The code. It gets the context of the new scope.</param>
    public abstract Task Shield(string name, Func<WorkflowContext, Task> body);

    /// <summary>
    /// Sleeps durably: when it ends is stored when it begins and does not move, whatever becomes of the process. Never too short, by the store's clock. A long one suspends the run (<see cref="DurableOptions.MaxInMemoryDelay"/>): it leaves memory and costs a row.
    /// </summary>
    /// <param name="duration">How long; zero or more. What is stored counts, also where later code says another.</param>
    /// <param name="name">Its name in the history; null for "sleep".</param>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative.</exception>
    /// <exception cref="RunCanceledException">The run is canceled.</exception>
    public abstract Task SleepAsync(TimeSpan duration, string? name = null);

    /// <summary>Sleeps durably until a time of the store's clock; not at all where it has passed. See <see cref="SleepAsync"/>.</summary>
    /// <param name="until">Until when.</param>
    /// <param name="name">Its name in the history; null for "sleep".</param>
    /// <exception cref="RunCanceledException">The run is canceled.</exception>
    public abstract Task SleepUntilAsync(DateTimeOffset until, string? name = null);

    /// <summary>
    /// Waits for a signal, and takes it: the oldest of its name that nobody has taken. One that was sent before the code came here is kept, and each is taken once.
    /// </summary>
    /// <typeparam name="T">What the signal brings; it must be a type the generator saw, which is any type argument written at a call.</typeparam>
    /// <param name="name">The signal's name; 1 to 200 characters.</param>
    /// <exception cref="RunCanceledException">The run is canceled.</exception>
    public abstract Task<T> WaitForSignalAsync<T>(string name);

    /// <summary>Waits for a signal, but not for longer than some time: then the result says so, and a signal that comes later is left for the next wait. See <see cref="WaitForSignalAsync{T}(string)"/>.</summary>
    /// <typeparam name="T">What the signal brings.</typeparam>
    /// <param name="name">The signal's name; 1 to 200 characters.</param>
    /// <param name="timeout">How long at most, by the store's clock; longer than zero.</param>
    /// <exception cref="RunCanceledException">The run is canceled.</exception>
    public abstract Task<WaitResult<T>> WaitForSignalAsync<T>(string name, TimeSpan timeout);

    /// <summary>Sends a signal to another run, once: a step that is executed until the store has answered.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="call">The signal and what it brings, from the generated <c>&lt;Name&gt;Signal(...)</c>.</param>
    /// <exception cref="StepFailedException">The run is unknown (caused by <see cref="RunNotFoundException"/>), or takes no signal (<see cref="RunNotSignalableException"/>).</exception>
    /// <exception cref="RunCanceledException">This run is canceled.</exception>
    public abstract Task SignalAsync(string runId, SignalCall call);

    /// <summary>Sends a signal by its name to another run; see <see cref="SignalAsync(string, SignalCall)"/>.</summary>
    /// <typeparam name="T">What the signal brings; a type the generator saw.</typeparam>
    /// <param name="runId">The run.</param>
    /// <param name="name">The signal's name; 1 to 200 characters.</param>
    /// <param name="value">What the signal brings.</param>
    public abstract Task SignalAsync<T>(string runId, string name, T value);

    /// <summary>
    /// Asks the outside world, a person for instance, and waits for the answer. The question is stored and listed (<see cref="IDurableClient.ListRequestsAsync"/>) until it is answered (<see cref="IDurableClient.AnswerRequestAsync"/>), once, or rejected.
    /// </summary>
    /// <typeparam name="TRequest">The question.</typeparam>
    /// <typeparam name="TResponse">The answer.</typeparam>
    /// <param name="name">The request's name; 1 to 200 characters.</param>
    /// <param name="request">The question.</param>
    /// <exception cref="StepFailedException">It was rejected (<see cref="IDurableClient.RejectRequestAsync"/>).</exception>
    /// <exception cref="RunCanceledException">The run is canceled.</exception>
    public abstract Task<TResponse> RequestAsync<TRequest, TResponse>(string name, TRequest request);

    /// <summary>Asks the outside world, and waits for the answer within limits: where one is exceeded, the result says so, and the request can no longer be answered. See <see cref="RequestAsync{TRequest, TResponse}(string, TRequest)"/>.</summary>
    /// <typeparam name="TRequest">The question.</typeparam>
    /// <typeparam name="TResponse">The answer.</typeparam>
    /// <param name="name">The request's name; 1 to 200 characters.</param>
    /// <param name="request">The question.</param>
    /// <param name="options">The limits.</param>
    /// <exception cref="StepFailedException">It was rejected.</exception>
    /// <exception cref="RunCanceledException">The run is canceled.</exception>
    public abstract Task<WaitResult<TResponse>> RequestAsync<TRequest, TResponse>(string name, TRequest request, RequestOptions options);

    /// <summary>Asks the outside world, and waits for the answer for some time. See <see cref="RequestAsync{TRequest, TResponse}(string, TRequest, RequestOptions)"/>.</summary>
    /// <typeparam name="TRequest">The question.</typeparam>
    /// <typeparam name="TResponse">The answer.</typeparam>
    /// <param name="name">The request's name; 1 to 200 characters.</param>
    /// <param name="request">The question.</param>
    /// <param name="timeout">How long at most, by the store's clock; longer than zero.</param>
    public Task<WaitResult<TResponse>> RequestAsync<TRequest, TResponse>(string name, TRequest request, TimeSpan timeout)
        => RequestAsync<TRequest, TResponse>(name, request, new RequestOptions { Timeout = timeout });

    /// <summary>
    /// Starts a run of a workflow as a child of this one, and waits for its end. Its run id is made of this run's and of the call: a crash or a replay does not start it twice. It is stored with the call's checkpoint, or not at all.
    /// </summary>
    /// <typeparam name="TResult">The child's result.</typeparam>
    /// <param name="call">The workflow and its arguments.</param>
    /// <param name="options">How it is started; null for the defaults.</param>
    /// <exception cref="ChildWorkflowFailedException">The child failed or was canceled.</exception>
    /// <exception cref="RunCanceledException">This run is canceled.</exception>
    public abstract Task<TResult> RunChildAsync<TResult>(WorkflowCall<TResult> call, ChildOptions? options = null);

    /// <inheritdoc cref="RunChildAsync{TResult}"/>
    public abstract Task RunChildAsync(WorkflowCall call, ChildOptions? options = null);

    /// <summary>Starts a run of a workflow as a child of this one, and goes on; see <see cref="RunChildAsync{TResult}"/>.</summary>
    /// <typeparam name="TResult">The child's result.</typeparam>
    /// <param name="call">The workflow and its arguments.</param>
    /// <param name="options">How it is started; null for the defaults.</param>
    /// <returns>When the start is stored: a handle that waits for the end.</returns>
    /// <exception cref="RunCanceledException">This run is canceled.</exception>
    public abstract Task<ChildHandle<TResult>> StartChildAsync<TResult>(WorkflowCall<TResult> call, ChildOptions? options = null);

    /// <inheritdoc cref="StartChildAsync{TResult}"/>
    public abstract Task<ChildHandle> StartChildAsync(WorkflowCall call, ChildOptions? options = null);

    /// <summary>Shows a value to the outside under a key, in the place of what was published there before (<see cref="RunHandle.GetPublishedAsync"/>). Once: it is part of the call's checkpoint.</summary>
    /// <typeparam name="T">The value; a type the generator saw.</typeparam>
    /// <param name="key">The key; 1 to 200 characters. A run publishes under <see cref="DurableLimits.MaxPublishedKeys"/> at most.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="ArgumentException">It is one key too many, or no name.</exception>
    /// <exception cref="RunCanceledException">The run is canceled.</exception>
    public abstract Task PublishAsync<T>(string key, T value);

    /// <summary>Appends an item to a stream that the outside may read while the run goes on (<see cref="RunHandle.ReadStreamAsync"/>). Once: it is part of the call's checkpoint.</summary>
    /// <typeparam name="T">The item; a type the generator saw.</typeparam>
    /// <param name="stream">The stream's name; 1 to 200 characters.</param>
    /// <param name="item">The item.</param>
    /// <exception cref="RunCanceledException">The run is canceled.</exception>
    public abstract Task AppendAsync<T>(string stream, T item);

    /// <summary>Says how the run stands, for whoever looks at it (<see cref="RunInfo.Progress"/>). Stored with what is stored next; no write of its own.</summary>
    /// <param name="text">In words; at most <see cref="DurableLimits.MaxStatusTextLength"/> characters; null for nothing.</param>
    /// <param name="fraction">How much is done, 0 to 1; null for nothing.</param>
    /// <exception cref="ArgumentException">The text is too long, or the fraction out of range.</exception>
    public abstract void SetStatus(string? text, double? fraction = null);

    /// <summary>
    /// Registers what undoes what the code just did. When the run fails for good or is canceled, everything registered runs in reverse order, once each, each in a scope of its own and over checkpoints: a crash in between repeats nothing.
    /// A run that completes forgets it.
    /// </summary>
    /// <remarks>
    /// Bodies that are under way when undoing begins have their tokens canceled, and end before the first one runs. What branches register by then is undone, too.
    /// It is registered anew on each replay; nothing is stored until undoing begins. A further attempt of the run that its policy grants comes first; once undoing has begun there is none, and the run cannot be resumed (<see cref="RunNotResumableException"/>).
    /// One that fails, after the attempts of its steps, does not keep the others from running; the run then ends as failed, with an error that names it (<see cref="CompensationFailedException"/>).
    /// </remarks>
    /// <param name="name">Names it, and the scope of its steps; 1 to 200 characters.</param>
    /// <param name="body">The code that undoes. It gets the context of its scope, in which a cancellation of the run does not matter.</param>
    /// <exception cref="InvalidOperationException">It is registered by a compensation, or through the context of a scope that has ended.</exception>
    /// <exception cref="NestedStepException">It is registered inside a step's body.</exception>
    public abstract void Compensate(string name, Func<WorkflowContext, Task> body);

    /// <summary>
    /// Asks whether this run takes a change that was made to the workflow while runs of it were in flight: true for runs that come to this point with the changed code,
    /// false for those that another build of the code has already led past it, which must go on as they were recorded.
    /// </summary>
    /// <remarks>
    /// The answer belongs to the run and the id. The first call decides: false while the code is replayed over what another build recorded of the run, otherwise true. It is recorded (<see cref="CheckpointKind.Patch"/>), so that each later call gets it,
    /// in this incarnation and in every other, in loops and branches, after a resume and in a fork.
    /// Nobody has to ask for it again: once no run needs the old code any more, remove it together with the call.
    /// </remarks>
    /// <param name="id">Names the change, in this workflow for good; 1 to 200 characters.</param>
    /// <exception cref="NestedStepException">It is called inside a step's body.</exception>
    public abstract bool Patched(string id);
}
