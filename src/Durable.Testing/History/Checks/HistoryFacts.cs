namespace Durable.Testing.History.Checks;

/// <summary>A history by its runs: offers are joined with their answers, starts with their ends.</summary>
internal sealed class HistoryFacts
{
    private readonly Dictionary<string, RunFacts> _runs = new(StringComparer.Ordinal);

    private HistoryFacts(IReadOnlyList<HistoryLine> lines) => Lines = lines;

    public IReadOnlyList<HistoryLine> Lines { get; }

    public IReadOnlyCollection<RunFacts> Runs => _runs.Values;

    /// <summary>The processes that died.</summary>
    public HashSet<string> Killed { get; } = new(StringComparer.Ordinal);

    /// <summary>Since when faults are over; null where nobody said so.</summary>
    public long? HealedAt { get; private set; }

    /// <summary>The line that ends the last reading of all runs that began after healing; null where there was none.</summary>
    public HistoryLine? Audit { get; private set; }

    public static HistoryFacts Read(RecordedHistory history)
    {
        var facts = new HistoryFacts(history.Lines);
        var answers = new Dictionary<(string Process, long Call), HistoryLine>();
        foreach (var line in history.Lines)
        {
            if (line.Call is { } call)
                answers[(line.Process, call)] = line;
        }

        foreach (var line in history.Lines)
            facts.Add(line, answers.GetValueOrDefault((line.Process, line.Number)));
        return facts;
    }

    /// <summary>What the audit found of a run; null where it did not find it.</summary>
    public HistoryLine? Audited(RunFacts run)
        => Audit is null ? null : run.Reads.FindLast(read => read.Process == Audit.Process && read.Number < Audit.Number && read.Since >= Audit.Since);

    private void Add(HistoryLine line, HistoryLine? answer)
    {
        switch (line.Event)
        {
            case HistoryEvent.ProcessKilled:
                Killed.Add(line.Victim!);
                break;
            case HistoryEvent.Healed:
                HealedAt = line.At;
                Audit = null;
                break;
            case HistoryEvent.Audited:
                Audit = line.Since > HealedAt ? line : null;
                break;
            case HistoryEvent.Claimed:
                foreach (var lease in line.Leases!)
                    Of(lease.RunId).Claims.Add(new ClaimFact(line, lease.Epoch));
                break;
            case HistoryEvent.Renewed:
                foreach (var lease in line.Leases!)
                    Of(lease.RunId).Renewals.Add(new RenewalFact(line, lease.Epoch, line.Lost!.Contains(lease)));
                break;
            default:
                if (line.RunId is not null)
                    Add(Of(line.RunId), line, answer);
                break;
        }
    }

    private static void Add(RunFacts run, HistoryLine line, HistoryLine? answer)
    {
        switch (line.Event)
        {
            case HistoryEvent.RunOffered:
                run.Offers.Add(line);
                break;
            case HistoryEvent.RunAccepted:
                run.Acceptances.Add(line);
                break;
            case HistoryEvent.CommitOffered:
                run.Commits.Add(new CommitFact(line, answer));
                break;
            case HistoryEvent.BodyStarted:
                run.Bodies.Add(new BodyFact(line, answer));
                break;
            case HistoryEvent.ResumeOffered or HistoryEvent.DecisionOffered:
                run.Resumes.Add(new ResumeFact(line, answer));
                break;
            case HistoryEvent.CancelOffered:
                run.Cancellations.Add(new CancelFact(line, answer));
                break;
            case HistoryEvent.RunRead:
                run.Reads.Add(line);
                break;
            case HistoryEvent.CheckpointsRead:
                run.CheckpointReads.Add(line);
                break;
            case HistoryEvent.OutcomeSeen:
                run.OutcomesSeen.Add(line);
                break;
            case HistoryEvent.ResultReturned:
                run.ResultsReturned.Add(line);
                break;
            case HistoryEvent.ResultSeen:
                run.ResultsSeen.Add(line);
                break;
        }
    }

    private RunFacts Of(string runId)
    {
        if (!_runs.TryGetValue(runId, out var run))
            _runs.Add(runId, run = new RunFacts(runId));
        return run;
    }
}
