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
