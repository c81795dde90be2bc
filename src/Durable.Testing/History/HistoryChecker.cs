using Durable.Testing.History.Checks;

namespace Durable.Testing.History;

/// <summary>
/// Judges what processes wrote down: whether the engine and its store have kept what they promise. Pure: the same lines give the same verdict.
/// </summary>
/// <remarks>
/// A call takes effect between the line that offers it and the line that answers it; one that was never answered, at any time after its offer. One thing is before another
/// when its end is before the other's beginning. Everything else may have been in either order, and no rule is broken by what may have been.
/// </remarks>
public static class HistoryChecker
{
    /// <summary>Judges a history.</summary>
    /// <param name="history">What was written.</param>
    /// <param name="options">What is asked of it; null for the defaults.</param>
    public static HistoryVerdict Check(RecordedHistory history, HistoryOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(history);
        options ??= new HistoryOptions();
        var facts = HistoryFacts.Read(history);
        var violations = facts.Runs
            .SelectMany(run => Of(facts, run, options))
            .Concat(TokenCheck.Shared(facts))
            .Select(violation => violation with { Proof = [.. violation.Proof.Distinct().OrderBy(line => line.At)] })
            .ToList();
        var activity = Activities.Count(facts);
        return new HistoryVerdict(violations, [.. Unfinished(facts), .. activity.Below(options.Floor)], activity);
    }

    private static IEnumerable<HistoryViolation> Of(HistoryFacts facts, RunFacts run, HistoryOptions options) =>
    [
        .. OutcomeCheck.Check(facts, run),
        .. OutcomeViewCheck.Check(run),
        .. ResultCheck.Check(run),
        .. TokenCheck.Check(run, options),
        .. EpochCheck.Check(run),
        .. BodyCheck.Check(run),
        .. SequenceCheck.Check(run),
        .. LossCheck.Check(run),
        .. RemainderCheck.Check(facts, run, options),
        .. AttemptCheck.Check(run, options),
        .. AtMostOnceCheck.Check(run),
        .. InterruptionCheck.Check(run),
        .. BurnedAttemptCheck.Check(run),
        .. SuspensionCheck.Check(run),
        .. CancelCheck.Check(run),
    ];

    private static IEnumerable<string> Unfinished(HistoryFacts facts)
    {
        if (facts.HealedAt is null)
            yield return "nobody said that faults are over (HistoryWriter.Healed)";
        else if (facts.Audit is null)
            yield return "nobody read all runs after healing (RecordedStore.AuditAsync)";
    }
}
