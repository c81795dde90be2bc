namespace Durable.Storage.Contract.Model;

/// <summary>A commit of a run, right or mistaken, current or late.</summary>
internal sealed record CommitOperation : ModelOperation
{
    public required int Run { get; init; }

    /// <summary>0 for the current epoch.</summary>
    public int EpochOffset { get; init; }

    /// <summary>Sequences of new checkpoints, above the run's last; 0 and less are mistakes.</summary>
    public IReadOnlyList<int> Sequences { get; init; } = [];

    /// <summary>Sequences to clear, below the run's last after this commit; 0 is the last.</summary>
    public IReadOnlyList<int> Cleared { get; init; } = [];

    public RunStatus? Transition { get; init; }

    /// <summary>The wait of the suspension, and of every second checkpoint.</summary>
    public TimeSpan? Wait { get; init; }

    public bool IsNextAttempt { get; init; }

    public bool IsFinal { get; init; }

    public bool KnowsCancellation { get; init; }

    /// <summary>What it says it builds on, above the run's last; null for nothing.</summary>
    public int? Known { get; init; }

    public IReadOnlyList<int> FailingSet { get; init; } = [];

    public ModelEffects? Effects { get; init; }

    /// <summary>Of a suspension that a message ends: what it knows, above the last position. Null for one that none ends.</summary>
    public int? Awaits { get; init; }

    /// <summary>The workflow as which the run goes on from its beginning; null where it does not.</summary>
    public int? Continues { get; init; }

    public int Size { get; init; }

    public override Task<ModelAnswer> DoAsync(ModelWorld world)
    {
        var held = world.Run(Run);
        var (epoch, last) = (held?.Epoch ?? 0, held?.LastSequence ?? 0);
        var newLast = Math.Max(last, Sequences.Select(sequence => last + sequence).DefaultIfEmpty(0).Max());
        var commit = new RunCommit
        {
            RunId = world.RunId(Run),
            Epoch = epoch + EpochOffset,
            KnowsCancellation = KnowsCancellation,
            LastSequence = last + Known,
            Checkpoints = [.. Sequences.Select(sequence => ModelCheckpoint.Of(world, last + sequence, epoch, Size) with { Wait = (last + sequence) % 2 == 0 ? Wait : null })],
            Cleared = [.. Cleared.Select(below => newLast - below)],
            Effects = Effects?.Of(world, held, newLast, Size),
            Transition = Transition is { } status
                ? new RunTransition
                {
                    Status = status,
                    IsNextAttempt = IsNextAttempt,
                    IsFinal = IsFinal,
                    Wait = status == RunStatus.Suspended ? Wait : null,
                    AwaitsMessagesAfter = status == RunStatus.Suspended ? (held?.LastMessage ?? 0) + Awaits : null,
                    Continuation = Continues is { } workflow ? new ContinuedRun(world.Workflow(workflow), Payload.Of(Size)) : null,
                    Result = Payload.Of(Size),
                    Error = Payload.Of(Size / 2),
                    FailingSet = [.. FailingSet.Select(below => newLast - below)],
                }
                : null,
        };
        return world.AskAsync(store => store.CommitAsync(commit, default), result => result.ToString());
    }

    public override IEnumerable<ModelOperation> Simpler()
    {
        foreach (var fewer in Fewer(Sequences))
            yield return this with { Sequences = fewer };
        foreach (var fewer in Fewer(Cleared))
            yield return this with { Cleared = fewer };
        foreach (var fewer in Fewer(FailingSet))
            yield return this with { FailingSet = fewer };
        if (Cleared.Any(below => below != 0))
            yield return this with { Cleared = [0] };
        if (FailingSet.Any(below => below != 0))
            yield return this with { FailingSet = [0] };
        if (Transition is not null)
            yield return this with { Transition = null, FailingSet = [], IsFinal = false, Awaits = null, Continues = null };
        if (IsNextAttempt)
            yield return this with { IsNextAttempt = false };
        if (IsFinal)
            yield return this with { IsFinal = false };
        if (KnowsCancellation)
            yield return this with { KnowsCancellation = false };
        foreach (var simpler in Effects?.Simpler() ?? [])
            yield return this with { Effects = simpler };
        if (Effects is not null)
            yield return this with { Effects = null };
        if (Awaits is not null)
            yield return this with { Awaits = null };
        if (Continues is not null)
            yield return this with { Continues = null };
        if (Known is not null)
            yield return this with { Known = null };
        if (Wait is not null && Transition != RunStatus.Suspended)
            yield return this with { Wait = null };
        if (Size > 0)
            yield return this with { Size = 0 };
    }

    public override string ToString()
        => $"commit run {Run} with epoch {EpochOffset:+0;-0;+0}: checkpoints {List(Sequences)} above the last"
            + (Cleared.Count > 0 ? $", clear {List(Cleared)} below the last" : "")
            + (Transition is { } status ? $", then {status}" : "")
            + (FailingSet.Count > 0 ? $" with failing set {List(FailingSet)} below the last" : "")
            + Effects
            + (Awaits is { } awaits ? $" until a message after the last{awaits:+0;-0;+0}" : "")
            + (Continues is { } workflow ? $", anew as workflow {workflow}" : "")
            + (IsNextAttempt ? ", for the next attempt" : "")
            + (IsFinal ? ", for good" : "")
            + (KnowsCancellation ? ", knowing that it is to be canceled" : "")
            + (Known is { } known ? $", building on the last{known:+0;-0;+0}" : "")
            + (Wait is { } wait ? $", waiting {wait}" : "")
            + (Size > 0 ? $", {Size} bytes each" : "");
}
