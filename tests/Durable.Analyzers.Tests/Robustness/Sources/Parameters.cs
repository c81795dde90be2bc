using Durable;

public sealed partial class Parameters(Func<int> next)
{
    [Step("name", OncePerRun = false), StepAlias("old\tname \"q\""), Obsolete] internal partial Task<string?> NameAsync([StepKey] string key, int part, [NotFingerprinted] string? note = "\\n\u00e9", CancellationToken stop = default);
    private static string? NameAsyncCore(string key, int part, string? note, StepContext step, CancellationToken stop) => note + key + part;

    [Step] private static partial ValueTask<int> CountAsync(int @event, int[]? more = null, Kind kind = Kind.Small | Kind.Big, decimal rate = 1.5m, char mark = '\'', params string?[] names);
    private static async ValueTask<int> CountAsyncCore(int @event, int[]? more, Kind kind, decimal rate, char mark, string?[] names) { await Task.Yield(); return @event + names.Length; }

    [Step("count again")] private partial Task<int> CountAsync(Kind wide, double share = double.NaN, long max = long.MinValue, bool yes = true);
    private int CountAsyncCore(Kind wide, double share, long max, bool yes) => next();

    [Workflow] public static partial Task<Guid> StartAsync(int @class, string text = "x", Kind? kind = null, CancellationToken cancellationToken = default);
    private static async Task<Guid> StartAsyncCore(int @class, string text, Kind? kind, CancellationToken cancellationToken, WorkflowContext workflow)
    {
        var counts = new List<Task<int>>();
        for (var i = 0; i < @class; i++)
            counts.Add(CountAsync(i, names: text).AsTask());
        await Task.WhenAll(counts);
        return workflow.NewGuid();
    }
}

[Flags] public enum Kind : byte { Small = 1, Big = 2 }
