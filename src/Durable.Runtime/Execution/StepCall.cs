using System.Buffers;
using System.Diagnostics;
using System.Text.Json;
using Durable.CompilerServices;
using Durable.Serialization;
using Durable.Storage;

namespace Durable.Execution;

/// <summary>A call of a step: runs its body where there is no checkpoint, and gives the code the stored outcome.</summary>
internal sealed class StepCall<TArguments, TResult>(
    RunDriver driver, RunScope scope, string id, long fingerprint, StepDefinition<TArguments, TResult> step, TArguments arguments, CancellationToken callerToken)
    : DurableCall(driver, scope, id, fingerprint)
    where TArguments : struct
{
    // Continuations are not forced to run asynchronously: they are posted to the run's context because it is not current while the driver delivers.
    private readonly TaskCompletionSource<TResult> _completion = new();
    private readonly ExecutionContext? _callersContext = ExecutionContext.Capture();
    private TResult _live = default!;
    private bool _hasLive;

    public Task<TResult> Task => _completion.Task;

    public override void Deliver(CheckpointRecord record)
    {
        if (record.Status == CheckpointStatus.Failed)
            _completion.SetException(new StepFailedException(Id, ErrorCodec.Read(record.Error)!, record.Attempt));
        else
            _completion.SetResult(_hasLive ? _live : PayloadCodec.Read(step.Result, record.Result.Span, $"The result of step '{Id}' (sequence {record.Sequence})"));
    }

    [DebuggerStepThrough]
    public override void Execute()
    {
        if (Driver.RefusesBodies())
        {
            // It waited for a thread until nobody wanted its outcome any more.
            Driver.BodyAbandoned(this);
            return;
        }

        // The body sees what the caller's asynchronous flow carries (culture, activity), as any awaited method would.
        if (_callersContext is null)
            _ = RunAsync();
        else
            ExecutionContext.Run(_callersContext, [DebuggerStepThrough] static (call) => _ = ((StepCall<TArguments, TResult>)call!).RunAsync(), this);
    }

    [DebuggerStepThrough]
    private async Task RunAsync()
    {
        Ambient.EnterStepBody(Id);
        var engine = Driver.Engine;
        var startedAt = engine.Time.GetUtcNow();
        using var linked = callerToken.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(callerToken, Driver.BodyToken) : null;
        var token = linked?.Token ?? Driver.BodyToken;
        var recorded = RecordArguments();
        var result = ReadOnlyMemory<byte>.Empty;
        ErrorInfo? error = null;
        try
        {
            var context = new StepContext(Driver, Id, attempt: 1, token);
            var value = engine.Bodies is { } probe ? await WatchedBodyAsync(probe, context, token) : await step.Body(arguments, context, token);
            result = PayloadCodec.Write(step.Result, value, $"The result of step '{Id}'");
            if (step.Result.IsImmutable)
            {
                _live = value;
                _hasLive = true;
            }
        }
        catch (OperationCanceledException) when (Driver.BodyToken.IsCancellationRequested)
        {
            // Lost lease or shutdown: not an outcome of the step. The next incarnation runs the body again.
            Driver.BodyAbandoned(this);
            return;
        }
        catch (Exception exception)
        {
            error = ErrorInfo.From(exception);
        }

        Driver.BodyEnded(this, new StepOutcome(startedAt, engine.Time.GetUtcNow(), recorded, result, error));
    }

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

/// <summary>What came of a body, before it is stored.</summary>
internal readonly record struct StepOutcome(DateTimeOffset StartedAt, DateTimeOffset CompletedAt, ReadOnlyMemory<byte> Arguments, ReadOnlyMemory<byte> Result, ErrorInfo? Error);
