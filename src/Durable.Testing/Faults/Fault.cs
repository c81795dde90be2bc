namespace Durable.Testing.Faults;

/// <summary>One call of a store that goes wrong.</summary>
/// <param name="Kind">What happens to it.</param>
/// <param name="Call">Which call, counted from 1: over all verbs, or of <paramref name="Verb"/> alone.</param>
/// <param name="Verb">The name of a verb, as <see cref="Storage.IRunStore"/> spells it; null to count all of them.</param>
public sealed record Fault(FaultKind Kind, int Call, string? Verb = null)
{
    /// <summary>
    /// How long a connection hangs or is dead, by the clock of the store; the other kinds take no time. Default 45 s: a lease of the default length that its holder cannot renew has passed by then.
    /// </summary>
    public TimeSpan Lasts { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>True for the kinds that take time: hanging and dead connections.</summary>
    public bool IsLasting => Kind is FaultKind.LateEffect or FaultKind.LateAnswer or FaultKind.LateFailure or FaultKind.DeadConnection;

    /// <summary>The fault in one line, for instance <c>LateEffect for 45 s at call 3 of CommitAsync</c>.</summary>
    public override string ToString()
        => FormattableString.Invariant($"{Kind}{(IsLasting ? $" for {Lasts.TotalSeconds} s" : "")} at call {Call}{(Verb is null ? "" : $" of {Verb}")}");
}
