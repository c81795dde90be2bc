using System.Text.Json;
using Durable.CompilerServices;
using Durable.Execution;
using Durable.Execution.Branches;
using Durable.Serialization;
using Durable.Storage;
using Durable.TestKit.Programs;
using Microsoft.Extensions.Logging;

namespace Durable.Testing.Tests.Simulations;

/// <summary>
/// The model of a run: what a program comes to over a history, and what its code sees on the way. One thread, no store, no crash: completions are delivered in the order of the history, one at a time,
/// when the code is idle. It shares no code with the engine's replay.
/// </summary>
internal sealed class ReferenceRun : IStepCaller
{
    private readonly string _runId;
    private readonly List<CheckpointRecord> _history;
    private readonly Posts _posts = new();
    private readonly Dictionary<string, Action<CheckpointRecord>> _waiting = [];
    private readonly Dictionary<string, object> _once = [];
    private readonly Dictionary<string, int> _ordinals = [];
    private readonly Context _context;
    private DateTimeOffset _now;

    private ReferenceRun(string runId, DateTimeOffset createdAt, IEnumerable<CheckpointRecord> history)
    {
        _runId = runId;
        _now = createdAt;
        _history = [.. history.Where(checkpoint => checkpoint is { Kind: CheckpointKind.Step, Status: not CheckpointStatus.Cleared })];
        _context = new Context(this);
    }

    /// <summary>Runs a program over a history.</summary>
    /// <param name="run">The run as stored.</param>
    /// <param name="history">Its checkpoints.</param>
    /// <param name="program">Its program.</param>
    /// <param name="executions">The executions of its bodies so far.</param>
    public static ReferenceOutcome Of(RunRecord run, IEnumerable<CheckpointRecord> history, ConcurrentProgram program, ProgramExecutions executions)
        => new ReferenceRun(run.RunId, run.CreatedAt, history).Run(program, executions);

    public Task<TResult> CallAsync<TResult>(WorkflowContext workflow, StepDefinition<ProgramCall, TResult> step, ProgramCall arguments)
    {
        var key = step.Key!(arguments);
        var name = key is null ? step.Name : $"{step.Name}[{key}]";
        return step.OncePerRun ? OnceAsync(step, name) : RequestAsync(step, Numbered(((Context)workflow).Path + "/" + name));
    }

    private ReferenceOutcome Run(ConcurrentProgram program, ProgramExecutions executions)
    {
        var trace = new ProgramTrace();
        var steps = new ProgramSteps(static _ => Task.CompletedTask, executions, this);
        Task<string>? end = null;
        var callers = SynchronizationContext.Current;
        try
        {
            _posts.Post(_ => end = program.RunAsync(_context, trace, steps), null);
            RunPosts();
            foreach (var checkpoint in _history)
            {
                if (end!.IsCompleted || !_waiting.Remove(checkpoint.StepId, out var deliver))
                    break;
                _now = checkpoint.CompletedAt;
                deliver(checkpoint);
                RunPosts();
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(callers);
        }

        return new ReferenceOutcome(
            end!.IsCompletedSuccessfully ? end.Result : null, end.Exception?.InnerException, trace.Lines, [.. _waiting.Keys]);
    }

    private void RunPosts()
    {
        while (_posts.Due.TryDequeue(out var post))
        {
            SynchronizationContext.SetSynchronizationContext(_posts);
            post.Callback(post.State);
        }

        SynchronizationContext.SetSynchronizationContext(null);
    }

    private async Task<TResult> OnceAsync<TResult>(StepDefinition<ProgramCall, TResult> step, string name)
    {
        if (!_once.TryGetValue(name, out var first))
            _once.Add(name, first = RequestAsync(step, Numbered("/" + name)));
        var outcome = (Task<TResult>)first;
        if (outcome.IsCompleted)
            await Task.Yield();
        return await outcome;
    }

    private Task<TResult> RequestAsync<TResult>(StepDefinition<ProgramCall, TResult> step, string id)
    {
        var completion = new TaskCompletionSource<TResult>();
        _waiting.Add(id, checkpoint =>
        {
            if (Failure(id, checkpoint) is { } failure)
                completion.SetException(failure);
            else
                completion.SetResult(JsonSerializer.Deserialize(checkpoint.Result.Span, step.Result.Json!)!);
        });
        return completion.Task;
    }

    private DurableException? Failure(string id, CheckpointRecord checkpoint) => checkpoint.Status switch
    {
        CheckpointStatus.Failed => new StepFailedException(id, StoredError.Read(checkpoint.Error)!, checkpoint.Attempt),
        CheckpointStatus.TimedOut => new StepTimeoutException(id, StoredError.Read(checkpoint.Error)!, checkpoint.Attempt),
        CheckpointStatus.Interrupted => new StepInterruptedException(_runId, id, checkpoint.StartedAt, checkpoint.Attempt),
        _ => null,
    };

    private string Numbered(string call)
    {
        var ordinal = _ordinals.GetValueOrDefault(call);
        _ordinals[call] = ordinal + 1;
        return ordinal == 0 ? call : $"{call}#{ordinal}";
    }

    private sealed class Posts : SynchronizationContext
    {
        public Queue<(SendOrPostCallback Callback, object? State)> Due { get; } = new();

        public override void Post(SendOrPostCallback d, object? state) => Due.Enqueue((d, state));

        public override SynchronizationContext CreateCopy() => this;
    }

    private sealed class Context(ReferenceRun run, string path = "") : WorkflowContext
    {
        private Random? _random;
        private int _guids;

        public string Path { get; } = path;

        public override string RunId => run._runId;

        public override DateTimeOffset UtcNow => run._now;

        public override Random Random => _random ??= new DeterministicRandom($"{RunId.Length}:{RunId}{Path}");

        public override int Attempt => throw new NotSupportedException();

        public override bool IsReplaying => throw new NotSupportedException();

        public override ILogger Logger => throw new NotSupportedException();

        public override CancellationToken CancellationToken => throw new NotSupportedException();

        public override Guid NewGuid() => NameBasedGuid.Create(RunId, $"{Path}/[NewGuid]#{_guids++}");

        public override Task<TResult> StepAsync<TResult>(string name, string? key, Func<CancellationToken, Task<TResult>> body) => throw new NotSupportedException();

        public override Task StepAsync(string name, string? key, Func<CancellationToken, Task> body) => throw new NotSupportedException();

        public override Task<TResult> StepAsync<TResult>(string name, string? key, StepOptions options, Func<StepContext, CancellationToken, Task<TResult>> body) => throw new NotSupportedException();

        public override Task StepAsync(string name, string? key, StepOptions options, Func<StepContext, CancellationToken, Task> body) => throw new NotSupportedException();

        public override Task<StepGuard<TResult>> AcquireStepAsync<TResult>(string name, string? key) => throw new NotSupportedException();

        public override Task<StepGuard> AcquireStepAsync(string name, string? key) => throw new NotSupportedException();

        public override Task ScopeAsync(string name, Func<WorkflowContext, Task> body) => throw new NotSupportedException();

        public override Task SleepAsync(TimeSpan duration, string? name) => throw new NotSupportedException();

        public override Task SleepUntilAsync(DateTimeOffset until, string? name) => throw new NotSupportedException();

        public override Task<T> WaitForSignalAsync<T>(string name) => throw new NotSupportedException();

        public override Task<WaitResult<T>> WaitForSignalAsync<T>(string name, TimeSpan timeout) => throw new NotSupportedException();

        public override Task SignalAsync(string runId, SignalCall call) => throw new NotSupportedException();

        public override Task SignalAsync<T>(string runId, string name, T value) => throw new NotSupportedException();

        public override Task<TResponse> RequestAsync<TRequest, TResponse>(string name, TRequest request) => throw new NotSupportedException();

        public override Task<WaitResult<TResponse>> RequestAsync<TRequest, TResponse>(string name, TRequest request, RequestOptions options) => throw new NotSupportedException();

        public override Task<TResult> RunChildAsync<TResult>(WorkflowCall<TResult> call, ChildOptions? options) => throw new NotSupportedException();

        public override Task RunChildAsync(WorkflowCall call, ChildOptions? options) => throw new NotSupportedException();

        public override Task<ChildHandle<TResult>> StartChildAsync<TResult>(WorkflowCall<TResult> call, ChildOptions? options) => throw new NotSupportedException();

        public override Task<ChildHandle> StartChildAsync(WorkflowCall call, ChildOptions? options) => throw new NotSupportedException();

        public override Task PublishAsync<T>(string key, T value) => throw new NotSupportedException();

        public override Task AppendAsync<T>(string stream, T item) => throw new NotSupportedException();

        public override Task ForEachAsync<TItem, TCursor>(string name, TCursor start, Func<TCursor, CancellationToken, Task<NextItem<TItem, TCursor>?>> next, Func<WorkflowContext, TItem, Task> body) => throw new NotSupportedException();

        public override Task<WaitResult<T>> WaitUntilAsync<T>(string name, Func<WorkflowContext, Task<T>> check, Func<T, bool> isDone, PollStrategy strategy) => throw new NotSupportedException();

        public override Task<TResult> ContinueAsNew<TResult>(WorkflowCall<TResult> call) => throw new NotSupportedException();

        public override Task ContinueAsNew(WorkflowCall call) => throw new NotSupportedException();

        public override void SetStatus(string? text, double? fraction) => throw new NotSupportedException();

        public override Task<TResult> Shield<TResult>(string name, Func<WorkflowContext, Task<TResult>> body) => throw new NotSupportedException();

        public override Task Shield(string name, Func<WorkflowContext, Task> body) => throw new NotSupportedException();

        private protected override Task<EndedBranches> RunBranchesAsync(BranchPlan plan) => throw new NotSupportedException();

        public override bool Patched(string id) => throw new NotSupportedException();

        public override void Compensate(string name, Func<WorkflowContext, Task> body) => throw new NotSupportedException();

        // Asynchronous, as the engine's is: what a branch throws comes out of its task. Scopes are counted apart from steps.
        public override async Task<TResult> ScopeAsync<TResult>(string name, Func<WorkflowContext, Task<TResult>> body)
        {
            var opened = run.Numbered($"{Path}/{name}/");
            return await body(new Context(run, opened.EndsWith('/') ? opened[..^1] : opened.Replace("/#", "#", StringComparison.Ordinal)));
        }
    }
}

/// <summary>What a program comes to.</summary>
/// <param name="Result">What it returns; null when it does not.</param>
/// <param name="Failure">What it throws; null when it does not.</param>
/// <param name="Seen">What its code saw.</param>
/// <param name="Waiting">What it still waits for.</param>
internal sealed record ReferenceOutcome(string? Result, Exception? Failure, IReadOnlyList<string> Seen, IReadOnlyList<string> Waiting);
