namespace Durable.Storage.Contract.Model;

/// <summary>What a commit does besides; relative to what the model holds, like the commit.</summary>
internal sealed record ModelEffects
{
    /// <summary>Positions to take, below the last one given out.</summary>
    public IReadOnlyList<int> Taken { get; init; } = [];

    public IReadOnlyList<int> Requests { get; init; } = [];

    /// <summary>How long each request may be answered.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>How long each may go without a sign of life.</summary>
    public TimeSpan? Heartbeat { get; init; }

    public IReadOnlyList<int> Closed { get; init; } = [];

    /// <summary>Runs to start.</summary>
    public IReadOnlyList<int> Children { get; init; } = [];

    public ParentClosePolicy Policy { get; init; }

    /// <summary>Keys to publish under, and streams to append to.</summary>
    public IReadOnlyList<int> Shown { get; init; } = [];

    public RunProgress? Progress { get; init; }

    /// <summary>Sequences to drop, below the run's last after the commit.</summary>
    public IReadOnlyList<int> Dropped { get; init; } = [];

    public RunEffects Of(ModelWorld world, RunRecord? held, long newLast, int size) => new()
    {
        Taken = [.. Taken.Select(below => (held?.LastMessage ?? 0) - below)],
        Requests = [.. Requests.Select(request => new NewRequest { RequestId = world.RequestId(request), Name = world.RequestName(request), Payload = Payload.Of(size), Timeout = Timeout, HeartbeatTimeout = Heartbeat })],
        ClosedRequests = [.. Closed.Select(world.RequestId)],
        Children = [.. Children.Select(child => new NewChild(new NewRun { RunId = world.RunId(child), Workflow = world.Workflow(child % 3), Input = Payload.Of(size), Fingerprint = size, Timeout = Timeout }, Policy))],
        Published = [.. Shown.Select(key => new NamedPayload(Key(key), Payload.Of(size)))],
        Appended = [.. Shown.Select(stream => new NamedPayload(Key(stream), Payload.Of(size + 1)))],
        Progress = Progress,
        Dropped = [.. Dropped.Select(below => newLast - below)],
    };

    public static string Key(int number) => $"key {number}";

    public IEnumerable<ModelEffects> Simpler()
    {
        if (Taken.Count > 0)
            yield return this with { Taken = [] };
        if (Requests.Count > 0)
            yield return this with { Requests = [.. Requests.Skip(1)] };
        if (Closed.Count > 0)
            yield return this with { Closed = [] };
        if (Children.Count > 0)
            yield return this with { Children = [.. Children.Skip(1)] };
        if (Shown.Count > 0)
            yield return this with { Shown = [.. Shown.Skip(1)] };
        if (Progress is not null)
            yield return this with { Progress = null };
        if (Dropped.Count > 0)
            yield return this with { Dropped = [.. Dropped.Skip(1)] };
        if (Timeout is not null)
            yield return this with { Timeout = null };
        if (Heartbeat is not null)
            yield return this with { Heartbeat = null };
    }

    public override string ToString() => string.Concat(
        Part("take", Taken, " below the last message"),
        Part("ask", Requests, $" for {Timeout?.ToString() ?? "ever"}, signs of life {Heartbeat?.ToString() ?? "none"}"),
        Part("close", Closed, ""),
        Part($"start ({Policy})", Children, Timeout is null ? "" : $" with timeout {Timeout}"),
        Part("publish and append", Shown, ""),
        Progress is null ? "" : $", say {Progress}",
        Part("drop", Dropped, " below the last"));

    private static string Part(string verb, IReadOnlyList<int> items, string rest) => items.Count == 0 ? "" : $", {verb} [{string.Join(", ", items)}]{rest}";
}
