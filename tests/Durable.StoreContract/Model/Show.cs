using System.Globalization;

namespace Durable.Storage.Contract.Model;

/// <summary>Answers as text: everything that is in them, so that two that read the same are the same.</summary>
internal static class Show
{
    public static string Run(RunRecord? run) => run is null
        ? "no run"
        : $"{run.RunId} of {Workflow(run.Workflow)} {run.Status} epoch {run.Epoch} attempt {run.Attempt} last {run.LastSequence} worker {run.Worker ?? "none"}"
            + $" created {Time(run.CreatedAt)} ended {Time(run.EndedAt)} wakes {Time(run.WakesAt)} claimed {Time(run.ClaimedAt)} accepts {run.AcceptDivergence} deadline {Time(run.Deadline)} takeovers {run.Takeovers} final {run.IsFinal} fingerprint {run.Fingerprint}"
            + $" input {Bytes(run.Input)} result {Bytes(run.Result)} error {Bytes(run.Error)} cancellation {Bytes(run.Cancellation)}"
            + $" messages {run.LastMessage} generation {run.Generation} since {Time(run.ContinuedAt)} dropped {run.Dropped} parent {run.Parent} says {run.Progress}";

    public static string Runs(IEnumerable<RunRecord> runs) => Lines(runs.Select(Run));

    public static string Checkpoints(IEnumerable<CheckpointRecord> checkpoints) => Lines(checkpoints.Select(checkpoint
        => $"{checkpoint.Sequence} {checkpoint.StepId} {checkpoint.Kind} {checkpoint.Status} attempt {checkpoint.Attempt} epoch {checkpoint.Epoch} fingerprint {checkpoint.Fingerprint}"
            + $" build {checkpoint.BuildId} {Time(checkpoint.StartedAt)} to {Time(checkpoint.CompletedAt)} waits {checkpoint.Wait?.ToString() ?? "not"} until {Time(checkpoint.DueAt)}"
            + $" arguments {Bytes(checkpoint.Arguments)} result {Bytes(checkpoint.Result)} error {Bytes(checkpoint.Error)}"));

    public static string Summaries(IEnumerable<RunSummary> runs) => Lines(runs.Select(run
        => $"{run.RunId} of {Workflow(run.Workflow)} {run.Status} epoch {run.Epoch} attempt {run.Attempt} created {Time(run.CreatedAt)} ended {Time(run.EndedAt)} wakes {Time(run.WakesAt)} deadline {Time(run.Deadline)} canceled {run.IsCancelRequested} error {Bytes(run.Error)} parent {run.Parent} says {run.Progress}"));

    private static string Leases(IEnumerable<RunLease> leases) => Lines(leases.Select(lease => $"{lease.RunId} epoch {lease.Epoch}"));

    public static string Renewed(RenewedLeases leases) => $"lost {Leases(leases.Lost)}, to be canceled {Leases(leases.CancelRequested)}, messages {Lines(leases.Messages.Select(told => $"{told.Lease.RunId} epoch {told.Lease.Epoch} last {told.LastMessage}"))}";

    public static string Counts(IEnumerable<RunCount> counts)
        => Lines(counts.Select(count => $"{Workflow(count.Workflow)} {count.Status} {count.Count}").Order(StringComparer.Ordinal));

    public static string Messages(IEnumerable<InboxMessage> messages)
        => Lines(messages.Select(message => $"{message.Position} {message.Kind} {message.Name} {Time(message.SentAt)} payload {Bytes(message.Payload)} error {Bytes(message.Error)}"));

    public static string Request(RequestRecord? request) => request is null
        ? "no request"
        : $"{request.RequestId} {request.Name} of {request.RunId} {request.State} created {Time(request.CreatedAt)} due {Time(request.DueAt)} heartbeat {request.HeartbeatTimeout} until {Time(request.HeartbeatDueAt)} payload {Bytes(request.Payload)}";

    public static string Requests(IEnumerable<RequestRecord> requests) => Lines(requests.Select(Request));

    public static string Output(PublishedRecord? value, IEnumerable<StreamRecord> items)
        => $"published {(value is null ? "nothing" : $"{value.Version} {Time(value.PublishedAt)} {Bytes(value.Payload)}")}, stream {Lines(items.Select(item => $"{item.Offset} {Time(item.AppendedAt)} {Bytes(item.Payload)}"))}";

    private static string Workflow(WorkflowIdentity workflow) => $"{workflow.Name} v{workflow.Version}";

    private static string Time(DateTimeOffset? time) => time?.ToString("HH:mm:ss.fffffff zzz", CultureInfo.InvariantCulture) ?? "never";

    private static string Bytes(ReadOnlyMemory<byte> bytes) => bytes.IsEmpty ? "none" : Convert.ToHexString(bytes.Span);

    private static string Lines(IEnumerable<string> lines) => string.Join("\n        ", lines.DefaultIfEmpty("none"));
}
