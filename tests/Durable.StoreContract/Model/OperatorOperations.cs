namespace Durable.Storage.Contract.Model;

/// <summary>Lists the runs of the sequence: its ids have a prefix of their own.</summary>
internal sealed record ListOperation : ModelOperation
{
    public IReadOnlyList<RunStatus> Statuses { get; init; } = [];

    public int? Workflow { get; init; }

    /// <summary>The run to go on after, when the model has it.</summary>
    public int? After { get; init; }

    /// <summary>The run whose creation is the first instant, when the model has it.</summary>
    public int? From { get; init; }

    public required int Max { get; init; }

    public override Task<ModelAnswer> DoAsync(ModelWorld world)
    {
        var query = new RunQuery
        {
            RunIdPrefix = world.Prefix,
            Statuses = Statuses,
            Workflow = Workflow is { } workflow ? world.Workflow(workflow).Name : null,
            After = After is { } after && world.Run(after) is { } last ? new RunPosition(last.CreatedAt, last.RunId) : null,
            CreatedFrom = From is { } from ? world.Run(from)?.CreatedAt : null,
            Max = Max,
        };
        return world.AskAsync(store => store.ListRunsAsync(query, default), Show.Summaries);
    }

    public override IEnumerable<ModelOperation> Simpler()
    {
        if (Statuses.Count > 0)
            yield return this with { Statuses = [] };
        if (Workflow is not null)
            yield return this with { Workflow = null };
        if (After is not null)
            yield return this with { After = null };
        if (From is not null)
            yield return this with { From = null };
    }

    public override string ToString()
        => $"list {Max} runs, statuses {List(Statuses)}, workflow {Workflow?.ToString() ?? "any"}, after run {After?.ToString() ?? "none"}, created from run {From?.ToString() ?? "none"} on";
}

/// <summary>Removes ended runs. It sees the whole store: a sequence that has it gets a store of its own.</summary>
internal sealed record PurgeOperation(IReadOnlyList<RunStatus> Statuses, TimeSpan Age, int Max) : ModelOperation
{
    public override Task<ModelAnswer> DoAsync(ModelWorld world)
        => world.AskAsync(store => store.PurgeRunsAsync(new PurgeRequest { Statuses = Statuses, Age = Age, Max = Max }, default), count => $"{count} purged");

    public override string ToString() => $"purge {Max} runs that are {List(Statuses)} since {Age}";
}

internal sealed record TerminateOperation(int Run, int Size) : ModelOperation
{
    public override Task<ModelAnswer> DoAsync(ModelWorld world)
        => world.AskAsync(store => store.TerminateRunAsync(new TerminateRequest(world.RunId(Run), Payload.Of(Size)), default), status => status?.ToString() ?? "no run");

    public override string ToString() => $"terminate run {Run} with an error of {Size} bytes";
}

internal sealed record CancelOperation(int Run, int Size) : ModelOperation
{
    public override Task<ModelAnswer> DoAsync(ModelWorld world)
        => world.AskAsync(store => store.CancelRunAsync(new CancelRequest(world.RunId(Run), Payload.Of(Size)), default), status => status?.ToString() ?? "no run");

    public override string ToString() => $"cancel run {Run} with a reason of {Size} bytes";
}

/// <summary>A decision about a run, as it stands or as it stood.</summary>
internal sealed record DecideOperation : ModelOperation
{
    public required int Run { get; init; }

    /// <summary>0 for the current epoch.</summary>
    public int EpochOffset { get; init; }

    /// <summary>0 for the current attempt.</summary>
    public int AttemptOffset { get; init; }

    /// <summary>Sequences to clear, below the run's last.</summary>
    public IReadOnlyList<int> Cleared { get; init; } = [];

    /// <summary>The sequence of the outcome, below the run's last; null for no outcome.</summary>
    public int? Outcome { get; init; }

    public int Size { get; init; }

    public override Task<ModelAnswer> DoAsync(ModelWorld world)
    {
        var run = world.Run(Run);
        var (epoch, last) = (run?.Epoch ?? 0, run?.LastSequence ?? 0);
        var decision = new StepDecision
        {
            RunId = world.RunId(Run),
            Epoch = epoch + EpochOffset,
            Attempt = (run?.Attempt ?? 1) + AttemptOffset,
            Cleared = [.. Cleared.Select(below => last - below)],
            Outcome = Outcome is { } below ? ModelCheckpoint.Of(world, last - below, epoch, Size) with { BuildId = "operator" } : null,
        };
        return world.AskAsync(store => store.DecideStepAsync(decision, default), decided => decided ? "decided" : "not decided");
    }

    public override IEnumerable<ModelOperation> Simpler()
    {
        foreach (var fewer in Fewer(Cleared))
            yield return this with { Cleared = fewer };
        if (Outcome is not null)
            yield return this with { Outcome = null };
        if (Size > 0)
            yield return this with { Size = 0 };
    }

    public override string ToString()
        => $"decide on run {Run} with epoch {EpochOffset:+0;-0;+0} and attempt {AttemptOffset:+0;-0;+0}: clear {List(Cleared)} below the last"
            + (Outcome is { } below ? $", outcome {below} below the last of {Size} bytes" : "");
}
