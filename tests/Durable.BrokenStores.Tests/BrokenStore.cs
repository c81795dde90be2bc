using Durable.BrokenStores.Tests.Stores;

namespace Durable.BrokenStores.Tests;

/// <summary>A store that is wrong on purpose.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Break">Puts the mistake around a store.</param>
/// <param name="Requirement">The number of the requirement that it breaks above all.</param>
internal sealed record BrokenStore(string Name, Func<IRunStore, IRunStore> Break, string Requirement)
{
    /// <summary>True when the mistake is about errors of a store below: the fault scenarios then put it above their faults.</summary>
    public bool IsAboveFaults { get; init; }

    public static IReadOnlyList<BrokenStore> All { get; } =
    [
        new("no fence", store => new NoFence(store), "R302"),
        new("lost acknowledgement", store => new LostAcknowledgement(store), "R301"),
        new("duplicate delivery", store => new DuplicateDelivery(store), "R203"),
        new("early timer", store => new EarlyTimer(store), "R203"),
        new("last-in-first-out signals", store => new LastInFirstOut(store), "R1602"),
        new("epoch not checked on heartbeat", store => new HeartbeatWithoutEpoch(store), "R402"),
        new("non-atomic claim", store => new NonAtomicClaim(store), "R802"),
        new("truncated payload", store => new TruncatedPayload(store), "R606"),
        new("stale read", store => new StaleRead(store), "R314"),
        new("swallowed error", store => new SwallowedError(store), "R309") { IsAboveFaults = true },
        new("purge of a referenced child", store => new PurgesChildren(store), "R1820"),
        new("sequence gap", store => new SequenceGap(store), "R308"),
        new("suspended run woken early", store => new EarlyWake(store), "R371"),
        new("wait begun anew by the next holder", store => new WaitBegunAnew(store), "R390"),
        new("cancellation forgotten by the next claim", store => new ForgottenCancellation(store), "R585"),
        new("suspended run not woken to be canceled", store => new SleepsOn(store), "R573"),
        new("canceled run completed", store => new CompletesCanceled(store), "R579"),
        new("takeovers not counted", store => new UncountedTakeovers(store), "R272"),
        new("takeovers never reset", store => new TakeoversForLife(store), "R273"),
        new("final run resumed", store => new FinalRunResumed(store), "R531"),
        new("decision about another state", store => new LateDecision(store), "R555"),
        new("write behind a gap", store => new WritesBehindAGap(store), "R394"),
        new("message ids forgotten with their messages", store => new ForgottenMessageIds(store), "R1607"),
        new("messages taken outside the fence", store => new TakesUnfenced(store), "R1618"),
        new("wake-up lost to a suspension", store => new LostWakeUp(store), "R1658"),
        new("timer cut short by a message", store => new WokenByAnything(store), "R1656"),
        new("second answer accepted", store => new AcceptsSecondAnswer(store), "R1706"),
        new("late answer accepted", store => new AcceptsLateAnswer(store), "R1709"),
        new("child started outside the fence", store => new StartsUnfenced(store), "R1802"),
        new("close policy ignored", store => new IgnoresClosePolicy(store), "R1813"),
        new("offsets of a stream begin anew", store => new OffsetsOfPages(store), "R1905"),
        new("signals dropped when a run goes on anew", store => new DropsSignals(store), "R2005"),
    ];
}
