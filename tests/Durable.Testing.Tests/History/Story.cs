using Durable.Storage;
using Durable.Testing.History;

namespace Durable.Testing.Tests.History;

/// <summary>A history made by hand: each line comes after the one before, and a call that is answered at once is answered before anything else happens.</summary>
internal sealed class Story
{
    public const string Run = "run";
    public const string First = "worker-1";
    public const string Second = "worker-2";

    private const string Client = "client";

    private readonly List<HistoryLine> _lines = [];
    private readonly Dictionary<string, long> _numbers = [];

    /// <summary>A run of two steps whose first worker dies in the second body, and whose second worker ends it.</summary>
    public static Story Clean() => new Story().Begun().Taken().Ended();

    /// <summary>One run is started and claimed, and its first step is stored.</summary>
    public Story Begun()
    {
        Start();
        Claim(First, 1);
        Body(First, "/A", 1);
        Returned(First, "/A", "a-1");
        Commit(First, 1, [Point(1, "/A", 1)]);
        return this;
    }

    /// <summary>The first worker dies in the second body, and the second one claims the run.</summary>
    public Story Taken()
    {
        BodyStarts(First, "/B", 1);
        Kill(First);
        Claim(Second, 2);
        ReadCheckpoints(Second, [Point(1, "/A", 1)]);
        return this;
    }

    /// <summary>The second worker ends the run, which is read after healing.</summary>
    public Story Ended()
    {
        Seen(Second, "/A", "a-1");
        Body(Second, "/B", 2);
        Commit(Second, 2, [Point(2, "/B", 2)]);
        Commit(Second, 2, [], RunStatus.Completed, "r");
        Outcome(RunStatus.Completed, "the result");
        Healed();
        Audit(RunStatus.Completed, 2, "r", [Point(1, "/A", 1), Point(2, "/B", 2)]);
        return this;
    }

    public static HistoryCheckpoint Point(long sequence, string stepId, long epoch, string? result = null, CheckpointStatus status = CheckpointStatus.Completed)
        => new(sequence, stepId, status, epoch, result ?? $"hash of {stepId}");

    /// <summary>An attempt that failed and that another follows.</summary>
    public static HistoryCheckpoint Failed(long sequence, string stepId, long epoch, int attempt, CheckpointStatus status = CheckpointStatus.Failed)
        => Point(sequence, stepId, epoch, $"error of {stepId} {attempt}", status) with { Kind = CheckpointKind.StepAttempt, Attempt = attempt };

    /// <summary>The beginning of an attempt that runs at most once.</summary>
    public static HistoryCheckpoint Beginning(long sequence, string stepId, long epoch, int attempt = 1)
        => Point(sequence, stepId, epoch, "") with { Kind = CheckpointKind.StepStarted, Attempt = attempt };

    /// <summary>The outcome of a step that has attempts.</summary>
    public static HistoryCheckpoint Outcome(long sequence, string stepId, long epoch, int attempt, CheckpointStatus status = CheckpointStatus.Completed)
        => Point(sequence, stepId, epoch, status: status) with { Attempt = attempt };

    public void Start(string run = Run) => Accepted(Add(Client, new HistoryLine { Event = HistoryEvent.RunOffered, RunId = run }), run);

    public void Accepted(long offer, string run = Run) => Add(Client, new HistoryLine { Event = HistoryEvent.RunAccepted, RunId = run, Call = offer });

    public void Claim(string worker, long epoch, TimeSpan? storeTime = null)
        => Add(worker, new HistoryLine { Event = HistoryEvent.Claimed, Since = Now(), StoreTime = DateTimeOffset.UnixEpoch + storeTime, Leases = [new RunLease(Run, epoch)] });

    public void Kill(string worker) => Add("driver", new HistoryLine { Event = HistoryEvent.ProcessKilled, Victim = worker });

    /// <summary>An execution of a body that ends, by itself or because it was told to.</summary>
    public void Attempt(string worker, string step, long epoch, int attempt, bool atMostOnce = false, bool abandoned = false)
        => Add(worker, new HistoryLine { Event = HistoryEvent.BodyEnded, RunId = Run, StepId = step, Call = AttemptStarts(worker, step, epoch, attempt, atMostOnce), Abandoned = abandoned ? true : null });

    public long AttemptStarts(string worker, string step, long epoch, int attempt, bool atMostOnce = false)
        => Add(worker, BodyStart(step, epoch) with { Attempt = attempt, AtMostOnce = atMostOnce ? true : null });

    public void Renew(string worker, long epoch, bool isLost = false)
        => Add(worker, new HistoryLine { Event = HistoryEvent.Renewed, Since = Now(), Leases = [new RunLease(Run, epoch)], Lost = isLost ? [new RunLease(Run, epoch)] : [] });

    public void Body(string worker, string step, long epoch, Guid? token = null, long fingerprint = 7) => BodyEnds(worker, step, BodyStarts(worker, step, epoch, token, fingerprint));

    public long BodyStarts(string worker, string step, long epoch, Guid? token = null, long fingerprint = 7)
        => Add(worker, BodyStart(step, epoch, token, fingerprint));

    public void BodyEnds(string worker, string step, long start) => Add(worker, new HistoryLine { Event = HistoryEvent.BodyEnded, RunId = Run, StepId = step, Call = start });

    public void Returned(string worker, string step, string result) => Add(worker, new HistoryLine { Event = HistoryEvent.ResultReturned, RunId = Run, StepId = step, Result = result });

    public void Seen(string worker, string step, string result) => Add(worker, new HistoryLine { Event = HistoryEvent.ResultSeen, RunId = Run, StepId = step, Result = result });

    public void Commit(string worker, long epoch, IReadOnlyList<HistoryCheckpoint> checkpoints, RunStatus? status = null, string? result = null, long[]? failingSet = null, TimeSpan? wait = null)
        => Answer(worker, epoch, Offer(worker, epoch, checkpoints, status, result, failingSet, wait), HistoryEvent.Committed);

    public long Offer(string worker, long epoch, IReadOnlyList<HistoryCheckpoint> checkpoints, RunStatus? status = null, string? result = null, long[]? failingSet = null, TimeSpan? wait = null)
        => Add(worker, new HistoryLine { Event = HistoryEvent.CommitOffered, RunId = Run, Epoch = epoch, Checkpoints = checkpoints, Status = status, Result = result, FailingSet = failingSet, Wait = wait });

    public void Answer(string worker, long epoch, long offer, HistoryEvent answer) => Add(worker, new HistoryLine { Event = answer, RunId = Run, Epoch = epoch, Call = offer });

    public void ReadCheckpoints(string worker, IReadOnlyList<HistoryCheckpoint> checkpoints)
        => Add(worker, new HistoryLine { Event = HistoryEvent.CheckpointsRead, Since = Now(), RunId = Run, Checkpoints = checkpoints });

    public void Read(RunStatus status, long epoch, string result, int attempt = 1, string reader = Client, long? lastSequence = null)
        => Add(reader, new HistoryLine { Event = HistoryEvent.RunRead, Since = Now(), RunId = Run, Status = status, Epoch = epoch, Attempt = attempt, LastSequence = lastSequence, Result = result });

    public void Outcome(RunStatus status, string result) => Add(Client, new HistoryLine { Event = HistoryEvent.OutcomeSeen, Since = Now(), RunId = Run, Status = status, Result = result });

    public void Resume() => Resumed(Add(Client, new HistoryLine { Event = HistoryEvent.ResumeOffered, RunId = Run }));

    public long Offer(IReadOnlyList<HistoryCheckpoint> copies) => Add(Client, new HistoryLine { Event = HistoryEvent.RunOffered, RunId = Run, Checkpoints = copies });

    public void Decide(IReadOnlyList<HistoryCheckpoint> writes, long[] clears, bool isRefused = false)
    {
        var offer = Add(Client, new HistoryLine { Event = HistoryEvent.DecisionOffered, RunId = Run, Checkpoints = writes, FailingSet = clears });
        Add(Client, new HistoryLine { Event = isRefused ? HistoryEvent.DecisionRefused : HistoryEvent.Decided, RunId = Run, Call = offer });
    }

    /// <summary>A cancellation that is answered, unless nobody knows what became of it.</summary>
    public void Cancel(RunStatus? found = RunStatus.Running, bool isAnswered = true)
    {
        var offer = Add(Client, new HistoryLine { Event = HistoryEvent.CancelOffered, RunId = Run });
        if (isAnswered)
            Add(Client, new HistoryLine { Event = HistoryEvent.CancelAnswered, RunId = Run, Status = found, Call = offer });
    }

    public void Healed() => Add("driver", new HistoryLine { Event = HistoryEvent.Healed });

    /// <summary>Everything is read once more; without a status the run is no longer there.</summary>
    public void Audit(RunStatus? status, long epoch = 0, string result = "", IReadOnlyList<HistoryCheckpoint>? checkpoints = null, int attempt = 1)
    {
        var since = Now();
        if (status is { } found)
        {
            Read(found, epoch, result, attempt, reader: "driver");
            ReadCheckpoints("driver", checkpoints ?? []);
        }

        Add("driver", new HistoryLine { Event = HistoryEvent.Audited, Since = since });
    }

    public HistoryVerdict Check(HistoryOptions? options = null) => HistoryChecker.Check(RecordedHistory.Of(_lines), options);

    /// <summary>Asserts that the history breaks this rule and no other, and that there is proof.</summary>
    public void Breaks(HistoryRule rule)
    {
        var verdict = Check();
        Assert.True(verdict.Violations.Count > 0, verdict.ToString());
        Assert.All(verdict.Violations, violation => Assert.Equal(rule, violation.Rule));
        Assert.All(verdict.Violations, violation => Assert.NotEmpty(violation.Proof));
    }

    private void Resumed(long offer) => Add(Client, new HistoryLine { Event = HistoryEvent.ResumeAnswered, RunId = Run, Status = RunStatus.Failed, Call = offer });

    private static HistoryLine BodyStart(string step, long epoch, Guid? token = null, long fingerprint = 7)
        => new() { Event = HistoryEvent.BodyStarted, RunId = Run, StepId = step, Epoch = epoch, Token = token ?? new Guid(step[^1], 0, 0, new byte[8]), Fingerprint = fingerprint };

    // A time of its own for each beginning and each line.
    private long Now() => _lines.Count == 0 ? 1_000 : _lines[^1].At + 1_000;

    private long Add(string process, HistoryLine line)
    {
        var number = _numbers[process] = _numbers.GetValueOrDefault(process) + 1;
        _lines.Add(line with { Process = process, Number = number, At = Now() + 500 });
        return number;
    }
}
