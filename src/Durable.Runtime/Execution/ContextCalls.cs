using System.Globalization;
using System.Text;
using System.Text.Json;
using Durable.CompilerServices;
using Durable.Serialization;
using Durable.Storage;

namespace Durable.Execution;

/// <summary>What workflow code asks of its context besides steps, as durable calls without bodies.</summary>
internal static class ContextCalls
{
    private const string ResultSuffix = ".Result";

    public static Task SleepAsync(RunDriver driver, RunScope scope, string? name, TimeSpan duration, DateTimeOffset? until)
    {
        if (duration < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(duration), duration, "A run cannot sleep for less than no time. Give zero or more; to wait without end, wait for a signal.");
        CheckName(name ??= "sleep");
        return driver.CallAsync<SleepWait, Nothing>(scope, name, null, $"Sleep '{name}'", place => new SleepWait(driver, place, duration, until));
    }

    public static Task<WaitResult<T>> WaitForSignalAsync<T>(RunDriver driver, RunScope scope, string name, PayloadType<T> payload, TimeSpan? timeout)
    {
        CheckName(name);
        CheckLimit(timeout, nameof(timeout));
        return driver.CallAsync<SignalWait<T>, WaitResult<T>>(scope, name, null, $"The wait for signal '{name}'", place => new SignalWait<T>(driver, place, name, payload, timeout));
    }

    public static Task<WaitResult<TResponse>> RequestAsync<TRequest, TResponse>(RunDriver driver, RunScope scope, string name, TRequest request, RequestOptions options)
    {
        CheckName(name);
        ArgumentNullException.ThrowIfNull(options);
        CheckLimit(options.Timeout, nameof(options));
        CheckLimit(options.HeartbeatTimeout, nameof(options));
        var question = Payload<TRequest>(driver, $"Request '{name}' asks");
        var answer = Payload<TResponse>(driver, $"The answer to request '{name}' is");
        var stored = StoredPayload.Write(question, request, $"Request '{name}'");
        return driver.CallAsync<RequestWait<TResponse>, WaitResult<TResponse>>(
            scope, name, options.Key, $"Request '{name}'", place => new RequestWait<TResponse>(driver, place, name, stored, question.Fingerprint(request), answer, options));
    }

    public static Task SignalAsync(RunDriver driver, RunScope scope, string runId, string name, ReadOnlyMemory<byte> payload)
    {
        CheckName(name);
        Client.DurableClient.CheckRunId(runId);
        // The message id keeps what is sent again, after a crash or where the answer was lost, from counting twice.
        return InlineStep.CallAsync(driver, scope, $"signal {name}", runId, new StepOptions(), async (step, _) =>
        {
            var id = "step:" + NameBasedGuid.Create(driver.Identity, $"signal {step.StepId}").ToString("N");
            await driver.Engine.AskAsync(() => Client.RunMessages.SendAsync(driver.Engine, new NewSignal { RunId = runId, Name = name, MessageId = id, Payload = payload }, driver.Held), driver.Held);
        });
    }

    public static Task PublishAsync<T>(RunDriver driver, RunScope scope, string key, T value)
    {
        CheckName(key);
        driver.CheckPublished(key);
        var payload = Payload<T>(driver, $"What is published under '{key}' is");
        var stored = StoredPayload.Write(payload, value, $"What is published under '{key}'");
        return driver.CallAsync<EffectCall<Nothing>, Nothing>(scope, "publish", key, $"Publishing '{key}'", place => new EffectCall<Nothing>(
            driver, place, CheckpointKind.Published, payload.Fingerprint(value), default, () => new RunEffects { Published = [new NamedPayload(key, stored)] }, static _ => default));
    }

    public static Task AppendAsync<T>(RunDriver driver, RunScope scope, string stream, T item)
    {
        CheckName(stream);
        var payload = Payload<T>(driver, $"An item of stream '{stream}' is");
        var stored = StoredPayload.Write(payload, item, $"An item of stream '{stream}'");
        return driver.CallAsync<EffectCall<Nothing>, Nothing>(scope, "append", stream, $"Appending to '{stream}'", place => new EffectCall<Nothing>(
            driver, place, CheckpointKind.Appended, payload.Fingerprint(item), default, () => new RunEffects { Appended = [new NamedPayload(stream, stored)] }, static _ => default));
    }

    public static async Task<ChildHandle<TResult>> StartChildAsync<TResult>(RunDriver driver, RunScope scope, WorkflowCall call, PayloadType<TResult> result, ChildOptions? options)
    {
        var child = await StartAsync(driver, scope, call, options ?? new ChildOptions());
        return new ChildHandle<TResult>(child.RunId, () => ResultAsync(driver, scope, child, result));
    }

    public static async Task<TResult> RunChildAsync<TResult>(RunDriver driver, RunScope scope, WorkflowCall call, PayloadType<TResult> result, ChildOptions? options)
        => await ResultAsync(driver, scope, await StartAsync(driver, scope, call, options ?? new ChildOptions()), result);

    private static Task<StartedChild> StartAsync(RunDriver driver, RunScope scope, WorkflowCall call, ChildOptions options)
    {
        ArgumentNullException.ThrowIfNull(call);
        CheckLimit(options.Timeout, nameof(options));
        var definition = driver.Engine.Workflows.HighestVersionOf(call);
        if (definition != call.Definition)
            Registration.WorkflowRegistry.CheckFits(call, definition);
        return driver.CallAsync<EffectCall<StartedChild>, StartedChild>(scope, call.Workflow, options.Key, $"Child '{call.Workflow}'", place =>
        {
            var id = ChildId(driver, place.Id);
            var run = new NewRun { RunId = id, Workflow = new WorkflowIdentity(definition.Name, definition.Version), Input = call.Input, Fingerprint = call.Fingerprint, Timeout = options.Timeout };
            return new EffectCall<StartedChild>(
                driver, place, CheckpointKind.ChildStarted, call.Fingerprint, Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(id)}\""), () => new RunEffects { Children = [new NewChild(run, options.ClosePolicy)] },
                record => new StartedChild(ReadId(record), call.Workflow, record.Sequence, IsNew: record.Epoch == driver.Epoch) { StoredId = record.Result });
        });
    }

    private static Task<TResult> ResultAsync<TResult>(RunDriver driver, RunScope scope, StartedChild child, PayloadType<TResult> result)
        => driver.CallAsync<ChildWait<TResult>, TResult>(scope, child.Workflow + ResultSuffix, null, $"The wait for child run '{child.RunId}'", place => new ChildWait<TResult>(driver, place, child, result));

    /// <summary>The workflow of the child whose end the call of an id waits for.</summary>
    public static string WorkflowOf(StepId id) => id.Name[..^ResultSuffix.Length];

    /// <summary>The parent's id and the id of the call: the same on every replay, and for a call that a further attempt of the run makes anew another one.</summary>
    private static string ChildId(RunDriver driver, string callId)
    {
        var generation = driver.Generation == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"~{driver.Generation}");
        var started = driver.ClearedStartsOf(callId);
        var again = started == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"!{started + 1}");
        var id = driver.RunId + generation + callId + again;
        return id.Length <= DurableLimits.MaxRunIdLength ? id : "child:" + NameBasedGuid.Create(driver.Identity, $"child {callId}{again}").ToString("N");
    }

    private static string ReadId(CheckpointRecord record)
    {
        var reader = new Utf8JsonReader(record.Result.Span);
        reader.Read();
        return reader.GetString()!;
    }

    public static PayloadType<T> Payload<T>(RunDriver driver, string what)
        => InlineStep.PayloadOf<T>(driver.Definition, holdsSensitive: false)
            ?? throw new PayloadException($"{what} a '{typeof(T)}', for which no serializer was generated. Write the type at the call, in an assembly with workflows.");

    private static void CheckName(string name) => InlineStep.CheckName(name);

    private static void CheckLimit(TimeSpan? limit, string parameter)
    {
        if (limit <= TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(parameter, limit, "A limit is longer than zero. Leave it out for none.");
    }
}
