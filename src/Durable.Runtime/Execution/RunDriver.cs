using System.Diagnostics;
using Durable.CompilerServices;
using Durable.Serialization;
using Durable.Serialization.Codecs;
using Durable.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Durable.Execution;

/// <summary>
/// One pass over a run: replays its code over the checkpoints, starts the bodies of new steps, stores outcomes and hands them to the code, one at a time and in order, until the code ends.
/// </summary>
/// <remarks>
/// Everything that touches the code happens in <see cref="Execute"/>, which never runs twice at once and holds no thread while the run waits.
/// Other threads only post to it: continuations, stored outcomes, the wish to end.
/// </remarks>
internal sealed partial class RunDriver : IThreadPoolWorkItem
{
    private static readonly TimeSpan s_shortestWait = TimeSpan.FromMilliseconds(1);

    private readonly RunRecord _run;
    private readonly RunSynchronizationContext _context;
    private readonly RunOutbox _outbox;
    private readonly Dictionary<string, DurableCall> _replayed = [];
    private readonly List<DurableCall> _new = [];
    private DurableCall? _kept;
    private readonly List<string> _started = [];
    private readonly List<RunScope> _ended = [];
    private long _moves;
    private readonly Dictionary<string, (long Fingerprint, Task Outcome)> _once = [];
    private readonly List<(RunScope Scope, long At, IReadOnlyList<long> Sequences)> _failing = [];
    private ReplayLog _replay = null!;
    private ITimer? _stallTimer;
    private long? _stoodStillSince;
    private RunTransition? _codeEnd;
    private readonly bool _isReload;
    private readonly LeaseDeadline? _deadline;
    private readonly long _claimedAt;
    private long _requested;
    private bool _executesByHand;

    public RunDriver(Engine engine, RunRecord run, WorkflowDefinition definition, LeaseDeadline? deadline = null)
        : this(engine, run, definition, deadline, engine.Time.GetTimestamp(), isReload: false)
    {
    }

    private RunDriver(Engine engine, RunRecord run, WorkflowDefinition definition, LeaseDeadline? deadline, long claimedAt, bool isReload)
    {
        _isReload = isReload;
        _claimedAt = claimedAt;
        _deadline = deadline;
        Engine = engine;
        Definition = definition;
        _run = run;
        _context = new RunSynchronizationContext(this);
        _outbox = new RunOutbox(this, run.LastSequence);
        _services = engine.Scopes.CreateAsyncScope();
        Identity = RunIdentity.Of(run.RunId, run.Generation);
        UtcNow = run.ContinuedAt ?? run.CreatedAt;
        Root = new RunScope(this, "");
        _mayHaveMessages = isReload || run.LastMessage > 0;
        _cancellation = run.Cancellation.IsEmpty ? null : StoredError.Show(run.Cancellation);
    }

    public Engine Engine { get; }

    public WorkflowDefinition Definition { get; }

    public RunScope Root { get; }

    public string RunId => _run.RunId;

    public long Epoch => _run.Epoch;

    public int Attempt => _run.Attempt;

    /// <inheritdoc cref="RunRecord.Generation"/>
    public int Generation => _run.Generation;

    public DateTimeOffset UtcNow { get; private set; }

    public bool IsReplaying => _replay.IsReplaying;

    /// <summary>The step that the code executes by hand now and has not reported; null for none. The last of several.</summary>
    public string? OpenGuard { get; set; }

    /// <summary>The run that Guids and random numbers are derived from now: this one, or the one whose copies are replayed.</summary>
    public string IdsOf => _replay.IdsOf ?? Identity;

    /// <summary>What idempotency tokens are derived from.</summary>
    public string Identity { get; }

    private static string TooManyCheckpoints => $"The run has {DurableLimits.MaxCheckpointsPerRun} checkpoints, the limit (DurableLimits.MaxCheckpointsPerRun). Split the work over several runs.";

    /// <summary>A task of a call whose incarnation is over: it never completes, so that no handler of the user sees the engine's own affairs.</summary>
    public static Task<T> Never<T>() => new TaskCompletionSource<T>().Task;

    /// <summary>Drives the run until this pass is over. Called once.</summary>
    public async Task<RunEnd> RunAsync()
    {
        try
        {
            if (!await StaysUnexecutedAsync())
            {
                _replay = Replay(await LoadAsync());
                UtcNow = _replay.CopiedStart ?? UtcNow;
                _outbox.AddCanceledWork(_replay.CanceledWork());
                Log.IncarnationStarted(Engine.Log, RunId, Definition.Name, Epoch, _replay.Count);
                await KeepDeadlineAsync();
                Post(static driver => ((RunDriver)driver!).StartCode(), this);
            }
        }
        catch (RunDamagedException damage)
        {
            // What the code would be replayed over is not what it did: it does not start.
            _replay = Replay([]);
            Quarantine(damage.Message);
        }
        catch (PayloadException exception)
        {
            _replay = Replay([]);
            QuarantineUnreadable(exception);
        }
        catch (OperationCanceledException) when (Held.IsCancellationRequested)
        {
            // Dropped before its checkpoints were read.
        }

        if (_isReload)
            Engine.ForcedReplay!.Loaded();
        return await _over.Task;
    }

    /// <summary>The pass that goes on with the run after this one was unloaded, over all that is stored.</summary>
    public RunDriver Successor() => new(Engine, _run with { LastSequence = _lastStored, Dropped = _run.Dropped + _dropped, LastMessage = Math.Max(_run.LastMessage, _inbox?.LastKnown ?? 0), Cancellation = StoredCancellation }, Definition, _deadline, _claimedAt, isReload: true) { FirstOutcome = FirstOutcome };

    /// <summary>A durable call of a step. Called by workflow code, on the run's context.</summary>
    [DebuggerStepThrough]
    public Task<TResult> StepAsync<TArguments, TResult>(RunScope scope, StepDefinition<TArguments, TResult> step, TArguments arguments, CancellationToken cancellationToken)
        where TArguments : struct
    {
        if (NestedIn() is { } outer)
            return Task.FromException<TResult>(new NestedStepException(step.Name, outer));
        if (!CheckOnContext($"Step '{step.Name}'"))
            return Never<TResult>();
        if (OpenGuard is { } open && Definition.IsSequential)
            return Task.FromException<TResult>(Guarded(open, step.Name));
        var isShielded = IsShielded(scope);
        long fingerprint;
        string? key;
        try
        {
            fingerprint = ArgumentsWriter.Fingerprint(step, arguments);
            key = step.Key?.Invoke(arguments);
        }
        catch (Exception exception)
        {
            return Task.FromException<TResult>(exception);
        }

        return step.OncePerRun
            ? OnceAsync(step, key, fingerprint, arguments, isShielded, cancellationToken)
            : CallAsync(scope, key, step, fingerprint, arguments, isShielded, cancellationToken);
    }

    /// <summary>True when what code calls or opens in a scope is shielded: by that scope or one around it, or by the one that the code itself is in, which may well use the context of another.</summary>
    public bool IsShielded(RunScope scope) => scope.IsShielded || Ambient.Scope is { IsShielded: true } own && own.Driver == this;

    /// <summary>Code that calls a step or opens a scope has moved past the failures before it; not past those of branches beside its own, which it need not have seen.</summary>
    public void PassFailures(RunScope scope) => scope.Moved(++_moves);

    /// <summary>The serial of the last call.</summary>
    public long LastSerial { get; private set; }

    /// <summary>A serial for a call that the code makes.</summary>
    public long NextSerial() => ++LastSerial;

    /// <summary>A scope's code has ended. Whether it asked for all of its checkpoints is judged when the code is idle.</summary>
    public void ScopeEnded(RunScope scope) => scope.Ended();

    /// <summary>A scope whose code has ended has nothing under way any more: it is closed once the code is idle, if that is so then.</summary>
    public void MayClose(RunScope scope) => _ended.Add(scope);

    /// <summary>What a call through a scope that is closed throws.</summary>
    public static InvalidOperationException Closed(RunScope scope, string what)
        => new($"Scope '{scope.Path}' has ended, so {what} cannot be called in it: on replay the call would come too late. Use the context of the scope that the code is in.");

    // On replay the code skips what it did then, and the call with it.
    private static InvalidOperationException Guarded(string open, string step)
        => new($"Step '{step}' was called while the code executes step '{open}' by hand. Report that first (CompleteAsync, FailAsync), or call what '{step}' does directly.");

    /// <summary>The run that a recorded call was made by: this one, or the one that the record was copied from.</summary>
    public string RunOf(CheckpointRecord record) => _replay.CopyOf(record.Sequence)?.IdsOf ?? Identity;

    /// <summary>The step whose body makes this call through the workflow's context; null when workflow code makes it.</summary>
    public string? NestedIn() => ReferenceEquals(SynchronizationContext.Current, _context) ? null : Ambient.StepBody;

    /// <summary>False where code gets nothing: it is in a branch that was abandoned, or left the run's context, and the run is set aside.</summary>
    public bool CheckOnContext(string what) => IsOnContext(what) && Ambient.Scope is not { IsAbandoned: true };

    /// <summary>False, and the run is set aside, when workflow code left the run's context.</summary>
    public bool IsOnContext(string what)
    {
        if (ReferenceEquals(SynchronizationContext.Current, _context))
            return true;
        Quarantine($"{what} was called off the run's context: after ConfigureAwait(false), inside Task.Run, or in a callback of foreign code. "
            + "Its order would differ on replay. Call it from the workflow's own flow, then ResumeAsync().");
        return false;
    }

    [DebuggerStepThrough]
    private async Task<TResult> OnceAsync<TArguments, TResult>(StepDefinition<TArguments, TResult> step, string? key, long fingerprint, TArguments arguments, bool isShielded, CancellationToken cancellationToken)
        where TArguments : struct
    {
        var call = StepId.Call("", step.Name, StepId.Shorten(key));
        if (!_once.TryGetValue(call, out var first))
        {
            first = (fingerprint, CallAsync(Root, key, step, fingerprint, arguments, isShielded, cancellationToken));
            _once.Add(call, first);
        }

        // No durable call completes synchronously, this one neither.
        if (first.Outcome.IsCompleted)
            await Task.Yield();
        if (first.Fingerprint != fingerprint)
            throw new StepArgumentMismatchException(call);
        try
        {
            return await (Task<TResult>)first.Outcome;
        }
        catch (RunCanceledException) when (isShielded)
        {
            // The cancellation kept it from an outcome; here it does not matter. The first of several begins anew.
            if (_once[call].Outcome == first.Outcome)
                _once[call] = (fingerprint, CallAsync(Root, key, step, fingerprint, arguments, isShielded, cancellationToken));
            return await (Task<TResult>)_once[call].Outcome;
        }
    }

    [DebuggerStepThrough]
    private Task<TResult> CallAsync<TArguments, TResult>(
        RunScope scope, string? key, StepDefinition<TArguments, TResult> step, long fingerprint, TArguments arguments, bool isShielded, CancellationToken cancellationToken)
        where TArguments : struct
    {
        if (scope.IsClosed || IsLate(scope))
            return Task.FromException<TResult>(Closed(scope, $"step '{step.Name}'"));
        var (id, text) = scope.Next(step.Name, key);
        if (Unusable(id, text) is { } problem)
            return Task.FromException<TResult>(problem);
        var pending = new StepCall<TArguments, TResult>(this, scope, text, fingerprint, step, arguments, isShielded, cancellationToken);
        return TryMake(pending, id, step.Aliases) ? pending.Task : RefuseAsync<TResult>();
    }

    // Why an id cannot be kept; null when it can.
    private static ArgumentException? Unusable(StepId id, string text)
    {
        if (text.Length > DurableLimits.MaxStepIdLength)
            return new ArgumentException($"The step id '{text[..100]}...' has {text.Length} characters; the limit is {DurableLimits.MaxStepIdLength} (DurableLimits.MaxStepIdLength). Nest fewer scopes or shorten their names.");
        return StoredText.Problem(text) is { } problem ? new ArgumentException($"The id of step '{id.Name}' {problem}, which stores cannot keep. Give the step a key of other characters.") : null;
    }

    // False when the run is canceled and the call is not made.
    [DebuggerStepThrough]
    private bool TryMake(DurableCall pending, StepId id, string[] aliases)
    {
        if (IsRefused(pending) && !_replay.IsRecorded(id, aliases))
            return false;
        PassFailures(pending.Scope);
        pending.Scope.Requested(pending);
        var answer = _replay.Request(id, aliases, pending.Kind, pending.Fingerprint, pending.IsByHand);
        pending.Progress = answer.Progress;
        if (answer.Divergence is not null)
            Quarantine(answer.Divergence);
        else if (answer is { Record: { } passedOver, IsCarriedOver: true })
            CarryOver(pending, passedOver);
        else if (answer.Record is { } record)
            Replay(pending, record, answer.ArgumentsChanged);
        else if (++_requested + _run.LastSequence - _run.Dropped - _dropped > DurableLimits.MaxCheckpointsPerRun)
            Quarantine(TooManyCheckpoints);
        else
            Start(pending);
        return true;
    }

    [DebuggerStepThrough]
    private void Start(DurableCall call)
    {
        _new.Add(call);
        _executesByHand |= call.IsByHand;
        if (StartsBodiesAtCalls)
            StartBodyAtCall();
    }

    // It is stored under another sequence, and perhaps another id: what cannot be read could not be written there so that it is ever read again.
    private void CarryOver(DurableCall call, CheckpointRecord record)
    {
        foreach (var payload in (ReadOnlySpan<ReadOnlyMemory<byte>>)[record.Arguments, record.Result, record.Error])
        {
            if (UnreadablePayload.Error(payload.Span, $"What is recorded of step '{record.StepId}' (sequence {record.Sequence})") is { } unreadable)
            {
                QuarantineUnreadable(unreadable);
                return;
            }
        }

        _outbox.CarryOver(call, record);
    }

    private void Replay(DurableCall call, CheckpointRecord record, bool argumentsChanged)
    {
        _replayed.Add(record.StepId, call);
        if (call.Branch is { } branch)
            branch.RecordedAs = record.StepId;
        if (argumentsChanged)
        {
            Log.ArgumentsChanged(Engine.Log, RunId, record.StepId, record.BuildId, Engine.BuildId);
            _outbox.Note(CheckpointKind.ArgumentsChanged, record.StepId, call.Fingerprint);
        }
    }

    private ReplayLog Replay(IReadOnlyList<CheckpointRecord> checkpoints) => new(checkpoints, new ReplayRules
    {
        BuildId = Engine.BuildId,
        IsSequential = Definition.IsSequential,
        AwaitsOnlyDurableWork = Definition.AwaitsOnlyDurableWork,
        OnArgumentMismatch = Engine.Options.OnArgumentMismatch,
        AcceptDivergence = _run.AcceptDivergence,
    });

    private async Task<IReadOnlyList<CheckpointRecord>> LoadAsync()
    {
        while (_run.LastSequence > 0)
        {
            try
            {
                var checkpoints = await Engine.Store.ReadCheckpointsAsync(RunId, Held);
                DamageRules.CheckComplete(_run, checkpoints, _run.LastSequence);
                return checkpoints;
            }
            catch (StoreException exception) when (exception is not RunDamagedException)
            {
                Log.StoreUnavailable(Engine.Log, exception);
                await Engine.Delay(Engine.Options.PollInterval, Held);
            }
        }

        return [];
    }

    // Runs as the first callback on the run's context.
    private void StartCode()
    {
        object arguments;
        try
        {
            arguments = Definition.ReadArguments(_run.Input.Span);
        }
        catch (PayloadException exception)
        {
            QuarantineUnreadable(exception);
            return;
        }

        _ = RunCodeAsync(arguments);
    }

    private async Task RunCodeAsync(object arguments)
    {
        Ambient.Enter(Root);
        try
        {
            var result = await Definition.ExecuteAsync(_services.ServiceProvider, arguments, Root.Context, CodeToken);
            CodeEnded(KnowsCancellation || _stopped is not null ? Canceled() : new RunTransition { Status = RunStatus.Completed, Result = result });
        }
        catch (OperationCanceledException) when (BodyToken.IsCancellationRequested)
        {
            // Lost lease or shutdown: not an outcome of the run. It goes on in the next incarnation.
        }
        catch (OperationCanceledException) when (_stopped is not null)
        {
            CodeEnded(Canceled());
        }
        catch (Exception exception)
        {
            CodeFailed(exception);
        }

        // Code that left the context and came to its end elsewhere is still noticed.
        Signal();
    }

    private void CodeFailed(Exception exception)
    {
        // As in Advance: a shutdown is no reason to fail.
        if (_halted)
            return;
        var error = TakeDown(exception, StepId.Run);
        var failing = FailingSet();
        _failedKnowingly = KnowsCancellation;
        // Without a failing set the next attempt would be the same again; one that is to be canceled, or that began to undo what it did, has none.
        if (failing.Length > 0 && !_failedKnowingly && !_isFinal && WaitBeforeNextAttempt(exception) is { } wait)
        {
            Log.RunAttemptFailed(Engine.Log, RunId, Definition.Name, Attempt, error.TypeNames, wait);
            _outbox.NoteRunAttempt(error, Attempt, wait);
            CodeEnded(new RunTransition { Status = RunStatus.Suspended, Wait = wait, IsNextAttempt = true, FailingSet = failing });
            return;
        }

        CodeEnded(new RunTransition { Status = RunStatus.Failed, Error = StoredError.Write(error), FailingSet = FailingSet() });
    }

    private void CodeEnded(RunTransition end)
    {
        // A method that nobody awaits may fail before the workflow's own code ends, or after.
        if (_codeIsOver)
            return;
        _codeIsOver = true;
        if (end.Status is RunStatus.Failed or RunStatus.Canceled && _compensations.Count > 0)
            _toUndo = end;
        else
            _codeEnd = end with { IsFinal = _isFinal && end.Status is RunStatus.Failed or RunStatus.Canceled };
    }

    private long[] FailingSet() => [.. _failing.Where(static failure => !failure.Scope.HasMovedSince(failure.At)).SelectMany(static failure => failure.Sequences).Order()];
}
