using System.Text;
using Durable.Serialization;

namespace Durable.Testing.Crashes;

/// <summary>One sweep over one subject.</summary>
internal sealed class Sweep(SweepSubject subject)
{
    private readonly List<CrashViolation> _violations = [];
    private readonly Reference _reference = new();
    private readonly bool _isSequential = subject.Runs.All(run => run.Call.Definition.IsSequential);
    private CrashReport _report = null!;

    /// <summary>Sweeps.</summary>
    /// <param name="only">The one plan to execute; null for all.</param>
    public CrashReport Run(IReadOnlyList<CrashPoint>? only)
    {
        var since = TimeProvider.System.GetTimestamp();
        if (Prepare())
        {
            if (only is null)
                SweepAll();
            else if (Crash(only).Deaths < only.Count)
                throw new ArgumentException($"The runs never come to '{CrashPoint.PlanText(only)}'. Undisturbed they come to: {string.Join(", ", _report.Points)}.", nameof(only));
        }

        _report.Violations = [.. _violations.Take(subject.Options.MaxViolations)];
        _report.Duration = TimeProvider.System.GetElapsedTime(since);
        return _report;
    }

    // True when there is something to compare with.
    private bool Prepare()
    {
        var first = new CrashTrial(subject, [], subject.NewWorld());
        var ended = first.Run();
        _report = new CrashReport([.. first.Reached], ended ? [.. first.Ledgers.Select(ledger => Outcome(ledger, first.Image(ledger.RunId)))] : []);
        _violations.AddRange(first.Violations);
        if (_violations.Count > 0)
            return false;
        // What depends on time, or on chance, tells itself by differing from the first.
        var second = new CrashTrial(subject, [], subject.NewWorld()) { TimeMoves = true };
        second.Run();
        _violations.AddRange(second.Violations);
        if (_violations.Count == 0 && _reference.Take(first, second, out var runId) is { } problem)
            first.Violate(runId, problem);
        _violations.AddRange(first.Violations);
        return _violations.Count == 0;
    }

    private void SweepAll()
    {
        var plans = new Stack<IReadOnlyList<CrashPoint>>(_report.Points.Reverse().Select(point => (IReadOnlyList<CrashPoint>)[point]));
        while (_violations.Count < subject.Options.MaxViolations && plans.TryPop(out var plan))
        {
            if (_report.Crashes == subject.Options.MaxCrashes)
                throw new InvalidOperationException($"The sweep has made {_report.Crashes} crashes, the limit (CrashOptions.MaxCrashes), and has not come to its end. Sweep a shorter run, or fewer crashes in a row.");
            var trial = Crash(plan);
            if (trial.Deaths < plan.Count || plan.Count == subject.Options.Crashes)
                continue;
            for (var i = trial.Reached.Count - 1; i >= 0; i--)
                plans.Push([.. plan, trial.Reached[i]]);
        }
    }

    private CrashTrial Crash(IReadOnlyList<CrashPoint> plan)
    {
        var trial = new CrashTrial(subject, plan, subject.NewWorld());
        if (trial.Run())
            Judge(trial);
        _violations.AddRange(trial.Violations);
        if (trial.Deaths == plan.Count)
            _report.Crashes++;
        else
            _report.NotReached++;
        return trial;
    }

    private void Judge(CrashTrial trial)
    {
        // On one thread a sequential workflow comes to where it came before, unless its code is not deterministic.
        if (_isSequential && trial.Deaths < trial.Plan.Count)
            trial.Violate(subject.Runs[0].RunId, $"the run came to '{trial.Plan[trial.Deaths]}' in another execution, and not in this one: its code is not deterministic. Take time, random values and outside data from the workflow's context or from a step.");
        foreach (var run in subject.Runs)
        {
            if (trial.Violations.Count == 0 && _reference.Judge(trial, run) is { } problem)
                trial.Violate(run.RunId, problem);
        }

        if (trial.Violations.Count == 0 && _reference.JudgeChildren(trial) is { } child)
            trial.Violate(subject.Runs[0].RunId, child);
    }

    private static CrashOutcome Outcome(RunLedger ledger, RunImage image)
        => new(ledger.RunId, image.Run.Status, Encoding.UTF8.GetString(image.Run.Result.Span), StoredError.Read(image.Run.Error), [.. image.Steps.Select(step => step.Name)], ledger.Bodies);
}
