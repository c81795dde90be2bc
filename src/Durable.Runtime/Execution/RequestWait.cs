using System.Globalization;
using System.Text;
using Durable.CompilerServices;
using Durable.Serialization;
using Durable.Storage;

namespace Durable.Execution;

/// <summary>A question to the outside world: asked with what is stored first, and answered by a message.</summary>
/// <param name="driver">The pass that makes it.</param>
/// <param name="place">Where it is made.</param>
/// <param name="name">The request's name.</param>
/// <param name="request">The question as it is stored.</param>
/// <param name="fingerprint">The fingerprint of the question.</param>
/// <param name="response">How the answer is stored.</param>
/// <param name="options">How long it waits.</param>
internal sealed class RequestWait<TResponse>(RunDriver driver, CallPlace place, string name, ReadOnlyMemory<byte> request, long fingerprint, PayloadType<TResponse> response, RequestOptions options)
    : WaitCall<WaitResult<TResponse>>(driver, place, fingerprint)
{
    public override CheckpointKind Kind => CheckpointKind.Request;

    public override string? RequestId => Progress?.Wait is { } asked ? Encoding.UTF8.GetString(asked.Result.Span).Trim('"') : null;

    public override (InboxMessageKind Kind, string Name)? Awaits => (InboxMessageKind.Answer, RequestId!);

    public override bool IsFailure(CheckpointRecord record) => record.Status == CheckpointStatus.Failed;

    public override void Begin()
    {
        // The end of a run closes its requests: an attempt that goes on with one asks it anew.
        if (Progress is { Wait: { } asked } && asked.Attempt != Driver.Attempt)
            Progress.AskAnew();
        base.Begin();
    }

    public override (StepOutcome Note, RunEffects? Effects)? Opening()
    {
        // No two requests of a run are asked behind the same checkpoint by the same call.
        var id = NameBasedGuid.Create(Driver.Identity, string.Create(CultureInfo.InvariantCulture, $"{Id}?{Driver.Outbox.LastSequence}")).ToString("N");
        var note = Outcome(CheckpointStatus.Completed, Driver.Engine.Time.GetUtcNow()) with
        {
            Attempt = Driver.Attempt,
            Result = Encoding.UTF8.GetBytes($"\"{id}\""),
            Wait = options.Timeout is { } limit && !(options.HeartbeatTimeout < limit) ? limit : options.HeartbeatTimeout,
        };
        return (note, new RunEffects { Requests = [new NewRequest { RequestId = id, Name = name, Payload = request, Timeout = options.Timeout, HeartbeatTimeout = options.HeartbeatTimeout }] });
    }

    public override StepOutcome Answered(InboxMessage message)
    {
        if (message.Error.IsEmpty)
            return Answered(message, response, $"The answer to request '{name}'");
        return Outcome(CheckpointStatus.Failed, Driver.Engine.Time.GetUtcNow()) with { Error = StoredError.Show(message.Error) };
    }

    public override StepOutcome Expired(DateTimeOffset now) => Outcome(CheckpointStatus.TimedOut, now);

    public override RunEffects? ExpiredEffects => new() { ClosedRequests = [RequestId!] };

    private protected override WaitResult<TResponse> Read(CheckpointRecord record) => record.Status == CheckpointStatus.TimedOut
        ? default
        : new WaitResult<TResponse>(StoredPayload.Read(response, record.Result.Span, $"The answer to request '{name}' of run '{Driver.RunId}' (sequence {record.Sequence})"));

    private protected override Exception Failure(CheckpointRecord record) => new StepFailedException(Id, StoredError.Read(record.Error)!, attempts: 1);
}
