using System.Text.Json.Serialization;
using Durable;

namespace Nested;

static partial class Outer<T> where T : class, new()
{
    internal sealed partial record Inner([property: JsonIgnore] int Weight)
    {
        [Step] internal partial Task<Private> OpenAsync(Dictionary<string, List<int?>> map);
        private Private OpenAsyncCore(Dictionary<string, List<int?>> map, StepContext step) => new() { B = "b" };
    }

    [Step] public static partial Task CloseAsync(Guid id, DateTimeOffset? when = default, TimeSpan span = default);
    private static Task CloseAsyncCore(Guid id, DateTimeOffset? when, TimeSpan span) => Task.CompletedTask;
}

public partial class Front
{
    private partial class Room { [Workflow] internal partial Task EnterAsync(Private guest); private void EnterAsyncCore(Private guest) { } }
    protected internal static partial class Room2 { [Workflow("é room")] public static partial ValueTask LeaveAsync(); static ValueTask LeaveAsyncCore() => default; }
}

internal class Private
{
    [JsonInclude, JsonPropertyName("a-b")] internal int A { get; set; } = 5;
    public required string B { get; init; } = "b";
    public List<string> Kinds { get; } = [];
    public readonly int Field;
}
