using Durable.Storage;

namespace Durable.Testing.Crashes;

/// <summary>One execution of the runs on a store of their own: host after host, each dying where it is told to, until the runs have ended.</summary>
/// <param name="subject">What is executed.</param>
/// <param name="plan">Where hosts die, one after the other.</param>
/// <param name="world">The outside world.</param>
internal sealed class CrashTrial(SweepSubject subject, IReadOnlyList<CrashPoint> plan, TrialWorld world)
{
    private readonly ManualClock _clock = new();
    private readonly Dictionary<(CrashMoment Moment, string? Body), int> _counts = [];
    private readonly List<string> _history = [];
    private readonly SortedDictionary<string, RunLedger> _children = new(StringComparer.Ordinal);
    private readonly RunOutputs _outputs = new();
    private InMemoryStore? _store;
    private TimeSpan _lease;
    private int _hosts;

    public SweepSubject Subject => subject;

    public IReadOnlyList<CrashPoint> Plan => plan;

    public TrialWorld World => world;

    public InMemoryStore Store => _store ??= new InMemoryStore(_clock);

    public IReadOnlyList<RunLedger> Ledgers { get; } = [.. subject.Runs.Select(run => new RunLedger(run.RunId, run.Call))];

    /// <summary>True to move time at each commit, so that what depends on time differs from an execution without.</summary>
    public bool TimeMoves { get; init; }

    /// <summary>True to let no body run: everything must be stored already.</summary>
    public bool HoldsBodies { get; init; }

    /// <summary>The body that would have had to run, where none may.</summary>
    public string? Held { get; private set; }

    public bool IsHolding => Held is not null;

    /// <summary>How much time has passed since the trial began.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>The points that the host after the last crash, and those that followed it without one, came to.</summary>
    public List<CrashPoint> Reached { get; } = [];

    /// <summary>How many hosts have died.</summary>
    public int Deaths { get; private set; }

    public List<CrashViolation> Violations { get; } = [];

    public bool AwaitsOnlyDurableWork { get; } = subject.Runs.All(run => run.Call.Definition.AwaitsOnlyDurableWork);

    public bool HaveAllEnded => Ledgers.All(ledger => ledger.End is not null) && _children.Keys.All(child => HasEnded(Find(child)));

    /// <summary>The runs that others started, in the order of their ids.</summary>
    public IReadOnlyCollection<string> Children => _children.Keys;

    private string Name => CrashPoint.PlanText(plan);

    /// <summary>Executes. False when the runs stand still, true when they have ended.</summary>
    public bool Run()
    {
        if (TimeMoves)
            Advance(TimeSpan.FromSeconds(1), host: null);
        while (true)
        {
            var host = new CrashHost(this, ++_hosts);
            switch (host.Run())
            {
                case HostEnd.Died:
                    Bury();
                    break;
                case HostEnd.StoodStill:
                    StandsStill(host);
                    return false;
                case HostEnd.Finished when !Ledgers.Any(MayResume):
                    CheckWorld();
                    return true;
            }
        }
    }

    public RunLedger Ledger(string runId) => _children.GetValueOrDefault(runId) ?? Ledgers.First(ledger => ledger.RunId == runId);

    /// <summary>The run as it stands.</summary>
    public RunImage Image(string runId) => new(Find(runId)!, Store.ReadCheckpointsAsync(runId, default).Result, _outputs.Describe(Store, runId));

    /// <summary>How long until the first run wakes, where all that have not ended are suspended; null where something else may happen before.</summary>
    public TimeSpan? UntilNextWake()
    {
        var going = Ledgers.Where(ledger => ledger.End is null).Select(ledger => Find(ledger.RunId)).Concat(_children.Keys.Select(Find).Where(child => !HasEnded(child))).ToList();
        return going.Count > 0 && going.TrueForAll(run => run?.Status == RunStatus.Suspended) ? going.Min(run => run!.WakesAt) - _clock.GetUtcNow() : null;
    }

    public bool MayResume(RunLedger ledger)
        => ledger.Resumes < subject.Options.Resumes && (ledger.End == RunStatus.Failed || (ledger.End == RunStatus.Quarantined && subject.Options.AcceptDivergence));

    /// <summary>A host comes to a point. True when it dies there.</summary>
    public bool Reach(CrashMoment moment, string? body, out CrashPoint point)
    {
        var count = _counts[(moment, body)] = _counts.GetValueOrDefault((moment, body)) + 1;
        point = new CrashPoint(moment, count, body);
        Reached.Add(point);
        return Deaths < plan.Count && plan[Deaths] == point;
    }

    /// <summary>A body is about to start. False when it must not.</summary>
    public bool BodyStarts(StepContext step, long fingerprint)
    {
        if (HoldsBodies)
        {
            Held ??= step.StepId;
            return false;
        }

        if (Ledger(step.RunId).BodyStarts(step, fingerprint) is { } problem)
            Violate(step.RunId, problem);
        return true;
    }

    public void Note(int host, string what) => _history.Add(FormattableString.Invariant($"host {host} {what}"));

    public void Violate(string runId, string message) => Violations.Add(new CrashViolation(Name, runId, message, _history));

    public void LeasesEndIn(TimeSpan lease) => _lease = lease;

    /// <summary>What a commit did besides writing checkpoints has taken effect.</summary>
    public void TookEffect(string runId, RunEffects effects)
    {
        foreach (var child in effects.Children)
            _children.TryAdd(child.Run.RunId, new RunLedger(child.Run.RunId, call: null));
        _outputs.Note(runId, effects);
    }

    /// <summary>Something was committed.</summary>
    public void LetTimeMove(CrashHost host)
    {
        if (TimeMoves)
            Advance(TimeSpan.FromSeconds(1), host);
    }

    /// <summary>Moves the store's time and that of a host.</summary>
    public void Advance(TimeSpan by, CrashHost? host)
    {
        Elapsed += by;
        _clock.Advance(by);
        host?.Advance(by);
    }

    /// <summary>Moves time forward to a moment, before there is a host.</summary>
    public void AdvanceTo(DateTimeOffset moment) => Advance(moment - _clock.GetUtcNow(), host: null);

    /// <summary>Lets the leases pass of a host that is dead.</summary>
    public void PassLeases() => Advance(_lease + TimeSpan.FromSeconds(1), host: null);

    private RunRecord? Find(string runId) => Store.FindRunAsync(runId, default).Result;

    private static bool HasEnded(RunRecord? run) => run is { Status: RunStatus.Completed or RunStatus.Failed or RunStatus.Canceled };

    private void Bury()
    {
        Deaths++;
        _counts.Clear();
        Reached.Clear();
        PassLeases();
    }

    private void StandsStill(CrashHost host)
    {
        if (Held is null)
            Violate(Ledgers.Concat(_children.Values).First(ledger => !HasEnded(Find(ledger.RunId))).RunId, $"the run stands still ({host.DescribeRunning()}). An accepted run comes to its end.");
    }

    private void CheckWorld()
    {
        try
        {
            world.Check?.Invoke();
        }
        catch (Exception exception)
        {
            // User code that judges: whatever it throws is its verdict.
            Violate(Ledgers[0].RunId, $"the check of the outside world failed: {exception.Message}");
        }
    }
}
