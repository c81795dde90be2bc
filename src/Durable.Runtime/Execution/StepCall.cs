using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Durable.CompilerServices;
using Durable.Serialization;
using Durable.Storage;

namespace Durable.Execution;

/// <summary>A call of a step: runs its body where there is no outcome, as often as its policy says, and gives the code the stored outcome.</summary>
internal sealed class StepCall<TArguments, TResult>(
    RunDriver driver, RunScope scope, string id, long fingerprint, StepDefinition<TArguments, TResult> step, TArguments arguments, bool isShielded, CancellationToken callerToken)
    : DurableCall(driver, scope, id, fingerprint, isShielded)
    where TArguments : struct
{
    // Continuations are not forced to run asynchronously: they are posted to the run's context because it is not current while the driver delivers.
    private readonly TaskCompletionSource<TResult> _completion = new();
    private readonly ExecutionContext? _callersContext = ExecutionContext.Capture();
    private TResult _live = default!;
    private bool _hasLive;

    public Task<TResult> Task => _completion.Task;

    public override bool RunsAtMostOnce => step.Mode != StepMode.AtLeastOnce;

    public override bool IsByHand => step.IsByHand;

    public override bool KeepsFailure => step.KeepsFailure;

    public override bool IsShared => step.OncePerRun;

    private RetryPolicy? Policy => step.Mode == StepMode.AtMostOnce ? null : Driver.Engine.Policies.Of(step);

    public override void Deliver(CheckpointRecord record)
    {
        switch (record.Status)
        {
            case CheckpointStatus.Failed:
                _completion.SetException(new StepFailedException(Id, ErrorOf(record, out var cause), record.Attempt, cause));
                break;
            case CheckpointStatus.TimedOut:
                _completion.SetException(new StepTimeoutException(Id, ErrorOf(record, out cause), record.Attempt, cause));
                break;
            case CheckpointStatus.Interrupted:
                _completion.SetException(new StepInterruptedException(Driver.RunOf(record), Id, record.StartedAt, record.Attempt));
                break;
            case CheckpointStatus.Canceled:
                Cancel(Driver.CanceledException());
                break;
            default:
                _completion.SetResult(_hasLive ? _live : StoredPayload.Read(step.Result, record.Result.Span, $"The result of step '{Id}' (sequence {record.Sequence})"));
                break;
        }
    }

    // The first run, too, gets what a replay would: not the exception that was thrown.
    private ErrorInfo ErrorOf(CheckpointRecord record, out Exception? cause)
    {
        var error = StoredError.Read(record.Error)!;
        cause = Driver.Engine.Errors.BringBack(error, $"The error of step '{Id}' (sequence {record.Sequence})");
        return error;
    }

    public override void Cancel(RunCanceledException exception) => _completion.SetException(exception);

    [DebuggerStepThrough]
    public override void Execute()
    {
        if (Driver.RefusesBody(this))
        {
            // It waited for a thread until nobody wanted its outcome any more.
            Driver.BodyRefused(this);
            return;
        }

        // The body sees what the caller's asynchronous flow carries (culture, activity), as any awaited method would.
        if (_callersContext is null)
            _ = RunAsync();
        else
            ExecutionContext.Run(_callersContext, [DebuggerStepThrough] static (call) => _ = ((StepCall<TArguments, TResult>)call!).RunAsync(), this);
    }

    public override StepOutcome Interrupted(CheckpointRecord started)
    {
        var interruption = new StepInterruptedException(Driver.Identity, Id, started.StartedAt, started.Attempt);
        return new StepOutcome(CheckpointStatus.Interrupted, started.Attempt, started.StartedAt, started.StartedAt)
        {
            Arguments = started.Arguments,
            Error = ErrorInfo.From(interruption),
            Wait = WaitAfter(interruption, started.Attempt, TimeSpan.Zero),
        };
    }

    [DebuggerStepThrough]
    private async Task RunAsync()
    {
        Ambient.EnterStepBody(Id);
        var engine = Driver.Engine;
        var (attempt, startedAt) = (Attempt, engine.Time.GetUtcNow());
        var runs = IsShielded ? Driver.BodyToken : Driver.StoppableToken;
        using var branch = Branch?.Listen(runs, out runs) ?? default;
        using var linked = callerToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(callerToken, runs) : null;
        var token = linked?.Token ?? runs;
        var outcome = new StepOutcome(CheckpointStatus.Completed, attempt, startedAt, default) { Arguments = RecordArguments() };
        try
        {
            outcome = WithResult(outcome, Policy?.AttemptTimeout is { } timeout ? await TimedBodyAsync(timeout, startedAt, token) : await BodyAsync(new StepContext(Driver, this, null, token), token));
        }
        catch (OperationCanceledException) when (Driver.BodyToken.IsCancellationRequested)
        {
            // Lost lease or shutdown: not an outcome of the step. The next incarnation runs the body again.
            Driver.BodyAbandoned(this);
            return;
        }
        catch (Exception) when (Driver.BodyToken.IsCancellationRequested && !RunsAtMostOnce)
        {
            // Many a library throws errors of its own where it is canceled. If it was another error, it comes again.
            Driver.BodyAbandoned(this);
            return;
        }
        catch (OperationCanceledException exception) when (Driver.Stops(this))
        {
            outcome = outcome with { Status = CheckpointStatus.Canceled, Error = ErrorInfo.From(exception) };
        }
        catch (Exception exception)
        {
            outcome = outcome with
            {
                Status = exception is AttemptTimeoutException ? CheckpointStatus.TimedOut : CheckpointStatus.Failed,
                Error = Driver.TakeDown(exception, Id),
                Wait = WaitAfter(exception, attempt, StepProgress.Taken(startedAt, engine.Time.GetUtcNow())),
            };
        }

        Driver.BodyEnded(this, outcome with { CompletedAt = engine.Time.GetUtcNow() });
    }

    // A result that cannot be stored is a failure that no further attempt would mend.
    private StepOutcome WithResult(in StepOutcome outcome, TResult value)
    {
        ReadOnlyMemory<byte> result;
        try
        {
            result = StoredPayload.Write(step.Result, value, $"The result of step '{Id}'");
        }
        catch (PayloadException exception)
        {
            return outcome with { Status = CheckpointStatus.Failed, Error = ErrorInfo.From(exception) };
        }

        if (step.Result.IsImmutable)
        {
            _live = value;
            _hasLive = true;
        }

        return outcome with { Result = result };
    }

    [DebuggerStepThrough]
    private ValueTask<TResult> BodyAsync(StepContext context, CancellationToken token)
        => Driver.Engine.Bodies is { } probe ? WatchedBodyAsync(probe, context, token) : step.Body(arguments, context, token);

    private async ValueTask<TResult> WatchedBodyAsync(IBodyProbe probe, StepContext context, CancellationToken token)
    {
        await probe.StartsAsync(context, Fingerprint);
        try
        {
            return await step.Body(arguments, context, token);
        }
        finally
        {
            await probe.EndsAsync(context);
        }
    }

    private async Task<TResult> TimedBodyAsync(TimeSpan timeout, DateTimeOffset startedAt, CancellationToken token)
    {
        var engine = Driver.Engine;
        // Not disposed: the body may outlive the attempt, and still listen.
        var attempt = CancellationTokenSource.CreateLinkedTokenSource(token);
        var body = BodyAsync(new StepContext(Driver, this, startedAt + timeout, attempt.Token), attempt.Token).AsTask();
        await engine.WaitQuietlyAsync(body, timeout, CancellationToken.None);
        if (body.IsCompleted)
            return await body;
        Driver.Cancel(attempt);
        await engine.WaitQuietlyAsync(body, engine.Options.AbandonAfter, CancellationToken.None);
        if (!body.IsCompleted)
        {
            Driver.BodyOutlivesAttempt(this, body);
            // A shutdown that came first is what it was waited for.
            Driver.BodyToken.ThrowIfCancellationRequested();
            throw new AttemptTimeoutException(Attempt, timeout, null);
        }

        try
        {
            return await body;
        }
        catch (Exception exception) when (!Driver.BodyToken.IsCancellationRequested && !Driver.Stops(this))
        {
            throw new AttemptTimeoutException(Attempt, timeout, exception);
        }
    }

    private TimeSpan? WaitAfter(Exception exception, int attempt, TimeSpan taken)
    {
        // A run that is being canceled tries nothing again.
        if (Driver.Stops(this))
            return null;
        try
        {
            return Policy?.DelayAfter(new RetryAttempt(exception, attempt, (Progress?.Elapsed ?? TimeSpan.Zero) + taken), Chance(attempt));
        }
        catch (Exception refusal) when (refusal is not OutOfMemoryException)
        {
            // The policy's predicate and the exception's members are user code. What cannot be decided is not repeated.
            Log.RetryPolicyFailed(Driver.Engine.Log, Driver.RunId, Id, refusal.GetType().FullName!);
            return null;
        }
    }

    // Derived, so that simulations repeat; different for each run, step and attempt, which is what jitter is for.
    private double Chance(int attempt) => new DeterministicRandom($"{Driver.Identity.Length}:{Driver.Identity}{Id}!{attempt}").NextDouble();

    // Before the body, which may change what it is given.
    private ReadOnlyMemory<byte> RecordArguments()
    {
        if (!Driver.Engine.Options.RecordArguments || step.Arguments is not { } write)
            return default;
        var buffer = new ArrayBufferWriter<byte>();
        try
        {
            using var writer = new Utf8JsonWriter(buffer);
            ArgumentsWriter.WriteJson(writer, write, arguments);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // User code. The record is for the reader of the history; the step does not depend on it.
            return default;
        }

        return buffer.WrittenMemory.Length <= DurableLimits.MaxPayloadBytes ? buffer.WrittenMemory : default;
    }
}
