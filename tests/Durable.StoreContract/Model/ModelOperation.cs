namespace Durable.Storage.Contract.Model;

/// <summary>
/// One thing that a sequence does. Runs are small numbers; epochs and sequences are relative to what the model holds at that moment. So a sequence stays
/// meaningful when operations before it are left out, which is how a failing one is made shorter.
/// </summary>
internal abstract record ModelOperation
{
    /// <summary>Does it to both stores.</summary>
    public abstract Task<ModelAnswer> DoAsync(ModelWorld world);

    /// <summary>The same with less in it.</summary>
    public virtual IEnumerable<ModelOperation> Simpler() => [];

    /// <summary>The list without each of its items.</summary>
    protected static IEnumerable<IReadOnlyList<int>> Fewer(IReadOnlyList<int> items)
        => items.Select((_, left) => items.Where((_, index) => index != left).ToArray());

    protected static string List<T>(IEnumerable<T> items) => $"[{string.Join(", ", items)}]";
}

internal sealed record CreateOperation(int Run, int Workflow, int Size) : ModelOperation
{
    public TimeSpan? Timeout { get; init; }

    /// <summary>How many checkpoints the run begins with, the second of them waiting.</summary>
    public int Checkpoints { get; init; }

    public override Task<ModelAnswer> DoAsync(ModelWorld world)
    {
        var run = new NewRun
        {
            RunId = world.RunId(Run),
            Workflow = world.Workflow(Workflow),
            Input = Payload.Of(Size),
            Fingerprint = Size,
            Timeout = Timeout,
            Checkpoints = [.. Enumerable.Range(1, Checkpoints).Select(sequence => ModelCheckpoint.Of(world, sequence, epoch: 0, Size) with { Wait = sequence == 2 ? TimeSpan.FromSeconds(1) : null })],
        };
        return world.AskAsync(store => store.CreateRunAsync(run, default), result => $"{(result.Created ? "new" : "exists")} {Show.Run(result.Run)}");
    }

    public override IEnumerable<ModelOperation> Simpler()
    {
        if (Timeout is not null)
            yield return this with { Timeout = null };
        if (Checkpoints > 0)
            yield return this with { Checkpoints = Checkpoints - 1 };
    }

    public override string ToString()
        => $"create run {Run} of workflow {Workflow} with input of {Size} bytes"
            + (Timeout is { } timeout ? $", timeout {timeout}" : "")
            + (Checkpoints > 0 ? $", {Checkpoints} checkpoints to begin with" : "");
}

internal sealed record ClaimOperation(int Max, int LeaseSeconds, IReadOnlyList<int> Workflows) : ModelOperation
{
    public override Task<ModelAnswer> DoAsync(ModelWorld world)
    {
        var request = new ClaimRequest
        {
            Worker = $"w{Max}",
            Max = Max,
            Lease = TimeSpan.FromSeconds(LeaseSeconds),
            Workflows = [.. Workflows.Select(world.Workflow)],
        };
        return world.AskAsync(store => store.ClaimRunsAsync(request, default), Show.Runs);
    }

    public override IEnumerable<ModelOperation> Simpler() => Fewer(Workflows).Select(fewer => this with { Workflows = fewer });

    public override string ToString() => $"claim {Max} of workflows {List(Workflows)} for {LeaseSeconds} s";
}

internal sealed record RenewOperation(IReadOnlyList<int> Runs, int EpochOffset, int LeaseSeconds) : ModelOperation
{
    public override Task<ModelAnswer> DoAsync(ModelWorld world)
    {
        var leases = Runs.Select(run => new RunLease(world.RunId(run), (world.Run(run)?.Epoch ?? 0) + EpochOffset)).ToArray();
        return world.AskAsync(store => store.RenewLeasesAsync(new LeaseRenewal(leases, TimeSpan.FromSeconds(LeaseSeconds)), default), Show.Renewed);
    }

    public override IEnumerable<ModelOperation> Simpler() => Fewer(Runs).Select(fewer => this with { Runs = fewer });

    public override string ToString() => $"renew runs {List(Runs)} with epoch {EpochOffset:+0;-0;+0} for {LeaseSeconds} s";
}

internal sealed record ResumeOperation(int Run, bool AcceptDivergence) : ModelOperation
{
    public override Task<ModelAnswer> DoAsync(ModelWorld world)
        => world.AskAsync(store => store.ResumeRunAsync(new ResumeRequest(world.RunId(Run), AcceptDivergence), default), status => status?.ToString() ?? "no run");

    public override string ToString() => $"resume run {Run}{(AcceptDivergence ? ", accepting divergence" : "")}";
}

internal sealed record FindOperation(int Run) : ModelOperation
{
    public override Task<ModelAnswer> DoAsync(ModelWorld world) => world.FindAsync(Run);

    public override string ToString() => $"find run {Run}";
}

internal sealed record ReadOperation(int Run) : ModelOperation
{
    public override Task<ModelAnswer> DoAsync(ModelWorld world) => world.ReadAsync(Run);

    public override string ToString() => $"read the checkpoints of run {Run}";
}

internal sealed record CountOperation : ModelOperation
{
    public override Task<ModelAnswer> DoAsync(ModelWorld world) => world.CountAsync();

    public override string ToString() => "count";
}

internal sealed record AdvanceOperation(TimeSpan By) : ModelOperation
{
    public override Task<ModelAnswer> DoAsync(ModelWorld world)
    {
        world.Clock.Advance(By);
        return Task.FromResult(ModelAnswer.Nothing);
    }

    public override string ToString() => $"clock +{By}";
}

internal sealed record SetBackOperation(TimeSpan By) : ModelOperation
{
    public override Task<ModelAnswer> DoAsync(ModelWorld world)
    {
        world.Clock.SetBack(By);
        return Task.FromResult(ModelAnswer.Nothing);
    }

    public override string ToString() => $"clock set back by {By}";
}

internal sealed record ReopenOperation : ModelOperation
{
    public override Task<ModelAnswer> DoAsync(ModelWorld world) => world.ReopenAsync();

    public override string ToString() => "close and open the store";
}
