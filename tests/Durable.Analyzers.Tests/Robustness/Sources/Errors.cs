using System.Text.Json.Serialization;
using Durable;

public sealed partial class Gates
{
    [Workflow] public partial Task<string> PassAsync(int gate);
    [Step, Retry(MaxAttempts = 2)] private partial Task OpenAsync([StepKey] int gate);

    private async Task<string> PassAsyncCore(int gate)
    {
        try
        {
            await OpenAsync(gate);
            return "";
        }
        catch (StepFailedException failure) when (failure.InnerException is ClosedException { Gate: > 1, Reasons: [var first, ..] } closed)
        {
            throw new GateException(closed.Message, closed) { Opens = first.At };
        }
    }

    private static void OpenAsyncCore(int gate) => throw new ClosedException(gate, [new("late", null)]);

    [DurableError] internal sealed class ClosedException(int gate, List<Reason> reasons, string? message = null) : GateException(message ?? $"gate {gate}", null)
    {
        public int Gate { get; } = gate;
        public List<Reason> Reasons { get; } = reasons;
    }
}

[DurableError] public class GateException : InvalidOperationException
{
    [JsonConstructor] public GateException(string message, Exception? innerException) : base(message, innerException) { }
    internal GateException() { }

    public DateTimeOffset? Opens { get; init; }
    [Sensitive, JsonPropertyName("key")] public string Key { get; set; } = "";
    public override string Message => base.Message + Key;
}

public sealed record Reason(string Text, DateTimeOffset? At);
