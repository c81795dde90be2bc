using Durable.CompilerServices;
using Durable.Execution;
using Durable.Serialization;

namespace Durable.Client;

/// <summary>A handle on a run whose result is not asked for.</summary>
internal sealed class PlainRunHandle(Engine engine, string runId) : RunHandle(runId)
{
    public override Task<RunStatus> GetStatusAsync(CancellationToken cancellationToken) => RunReader.StatusAsync(engine, RunId, cancellationToken);

    public override Task<RunInfo> GetInfoAsync(CancellationToken cancellationToken) => RunReader.InfoAsync(engine, RunId, cancellationToken);

    public override Task<IReadOnlyList<Checkpoint>> GetCheckpointsAsync(CancellationToken cancellationToken) => RunReader.CheckpointsAsync(engine, RunId, cancellationToken);

    public override Task ResumeAsync(bool acceptDivergence, CancellationToken cancellationToken) => RunReader.ResumeAsync(engine, RunId, acceptDivergence, cancellationToken);

    public override Task CompleteStepAsync<TValue>(string stepId, TValue value, CancellationToken cancellationToken) => StepOperations.CompleteAsync(engine, RunId, stepId, value, cancellationToken);

    public override Task CompleteStepAsync(string stepId, CancellationToken cancellationToken) => StepOperations.CompleteAsync(engine, RunId, stepId, cancellationToken);

    public override Task FailStepAsync(string stepId, string message, CancellationToken cancellationToken) => StepOperations.FailAsync(engine, RunId, stepId, message, cancellationToken);

    public override Task RetryStepAsync(string stepId, CancellationToken cancellationToken) => StepOperations.RetryAsync(engine, RunId, stepId, cancellationToken);

    public override Task SignalAsync<T>(string name, T value, string? messageId, CancellationToken cancellationToken) => RunMessages.SignalAsync(engine, RunId, name, value, messageId, cancellationToken);

    public override Task SignalAsync(SignalCall call, string? messageId, CancellationToken cancellationToken) => RunMessages.SignalAsync(engine, RunId, call, messageId, cancellationToken);

    public override Task<PublishedValue<T>?> GetPublishedAsync<T>(string key, long afterVersion, CancellationToken cancellationToken) => RunOutputs.PublishedAsync<T>(engine, RunId, key, afterVersion, cancellationToken);

    public override IAsyncEnumerable<StreamItem<T>> ReadStreamAsync<T>(string stream, long fromOffset, CancellationToken cancellationToken) => RunOutputs.StreamAsync<T>(engine, RunId, stream, fromOffset, cancellationToken);

    public override Task CancelAsync(string? reason, CancellationToken cancellationToken) => RunOperations.CancelAsync(engine, RunId, reason, cancellationToken);

    public override Task TerminateAsync(string? reason, CancellationToken cancellationToken) => RunOperations.TerminateAsync(engine, RunId, reason, cancellationToken);

    private protected override Task<RunHandle> ForkCoreAsync(string fromStep, string? runId, CancellationToken cancellationToken)
        => engine.Start<RunHandle>(async () => new PlainRunHandle(engine, await RunForks.ForkAsync(engine, RunId, fromStep, runId, cancellationToken)));

    private protected override Task<RunHandle> RestoreCoreAsync(long checkpoint, string? runId, CancellationToken cancellationToken)
        => engine.Start<RunHandle>(async () => new PlainRunHandle(engine, await RunForks.RestoreAsync(engine, RunId, checkpoint, runId, cancellationToken)));

    private protected override Task ExportCoreAsync(Stream destination, RunExportOptions options, CancellationToken cancellationToken) => RunExport.WriteAsync(engine, RunId, destination, options, cancellationToken);

    private protected override Task WaitAsync(CancellationToken cancellationToken) => RunReader.OutcomeAsync(engine, RunId, cancellationToken);
}

/// <summary>A handle on a run with a result.</summary>
internal sealed class TypedRunHandle<TResult>(Engine engine, string runId, PayloadType<TResult>? result) : RunHandle<TResult>(runId)
{
    public override Task<RunStatus> GetStatusAsync(CancellationToken cancellationToken) => RunReader.StatusAsync(engine, RunId, cancellationToken);

    public override Task<RunInfo> GetInfoAsync(CancellationToken cancellationToken) => RunReader.InfoAsync(engine, RunId, cancellationToken);

    public override Task<IReadOnlyList<Checkpoint>> GetCheckpointsAsync(CancellationToken cancellationToken) => RunReader.CheckpointsAsync(engine, RunId, cancellationToken);

    public override Task ResumeAsync(bool acceptDivergence, CancellationToken cancellationToken) => RunReader.ResumeAsync(engine, RunId, acceptDivergence, cancellationToken);

    public override Task CompleteStepAsync<TValue>(string stepId, TValue value, CancellationToken cancellationToken) => StepOperations.CompleteAsync(engine, RunId, stepId, value, cancellationToken);

    public override Task CompleteStepAsync(string stepId, CancellationToken cancellationToken) => StepOperations.CompleteAsync(engine, RunId, stepId, cancellationToken);

    public override Task FailStepAsync(string stepId, string message, CancellationToken cancellationToken) => StepOperations.FailAsync(engine, RunId, stepId, message, cancellationToken);

    public override Task RetryStepAsync(string stepId, CancellationToken cancellationToken) => StepOperations.RetryAsync(engine, RunId, stepId, cancellationToken);

    public override Task SignalAsync<T>(string name, T value, string? messageId, CancellationToken cancellationToken) => RunMessages.SignalAsync(engine, RunId, name, value, messageId, cancellationToken);

    public override Task SignalAsync(SignalCall call, string? messageId, CancellationToken cancellationToken) => RunMessages.SignalAsync(engine, RunId, call, messageId, cancellationToken);

    public override Task<PublishedValue<T>?> GetPublishedAsync<T>(string key, long afterVersion, CancellationToken cancellationToken) => RunOutputs.PublishedAsync<T>(engine, RunId, key, afterVersion, cancellationToken);

    public override IAsyncEnumerable<StreamItem<T>> ReadStreamAsync<T>(string stream, long fromOffset, CancellationToken cancellationToken) => RunOutputs.StreamAsync<T>(engine, RunId, stream, fromOffset, cancellationToken);

    public override Task CancelAsync(string? reason, CancellationToken cancellationToken) => RunOperations.CancelAsync(engine, RunId, reason, cancellationToken);

    public override Task TerminateAsync(string? reason, CancellationToken cancellationToken) => RunOperations.TerminateAsync(engine, RunId, reason, cancellationToken);

    public override Task<RunHandle<TResult>> ForkAsync(string fromStep, string? runId, CancellationToken cancellationToken)
        => engine.Start<RunHandle<TResult>>(async () => new TypedRunHandle<TResult>(engine, await RunForks.ForkAsync(engine, RunId, fromStep, runId, cancellationToken), result));

    public override Task<RunHandle<TResult>> RestoreAsync(long checkpoint, string? runId, CancellationToken cancellationToken)
        => engine.Start<RunHandle<TResult>>(async () => new TypedRunHandle<TResult>(engine, await RunForks.RestoreAsync(engine, RunId, checkpoint, runId, cancellationToken), result));

    private protected override Task ExportCoreAsync(Stream destination, RunExportOptions options, CancellationToken cancellationToken) => RunExport.WriteAsync(engine, RunId, destination, options, cancellationToken);

    public override Task<TResult> GetResultAsync(CancellationToken cancellationToken) => engine.Start(async () =>
    {
        var run = await RunReader.OutcomeAsync(engine, RunId, cancellationToken);
        // The run may be of an older version than the call that found it: its own declaration says what was stored, where it is known here.
        var payload = result is null || engine.Workflows.TryGet(run.Workflow, out _) ? engine.Workflows.ResultOf<TResult>(run) : result;
        return StoredPayload.Read(payload, run.Result.Span, $"The result of run '{RunId}'");
    });
}
