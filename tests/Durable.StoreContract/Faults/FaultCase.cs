using System.Globalization;
using Durable.Testing.Faults;

namespace Durable.Storage.Contract.Faults;

/// <summary>One kind of fault, and what it may cost at most.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Seconds">How long it lasts, where the kind takes time.</param>
/// <param name="MayRepeatBodies">True when a body whose outcome is not stored yet may be executed once more; never one whose outcome is.</param>
internal sealed record FaultCase(FaultKind Kind, int Seconds, bool MayRepeatBodies)
{
    /// <summary>
    /// A failed call is asked again within the lease, whether or not it took effect: no body is repeated. A repeated commit is refused, which costs the hold on the run, and with it the work of bodies
    /// that run beside; a connection that is down for longer than a lease costs the same. One that is down for a few seconds costs nothing.
    /// </summary>
    public static IReadOnlyList<FaultCase> All { get; } =
    [
        new(FaultKind.FailBefore, 0, MayRepeatBodies: false),
        new(FaultKind.FailAfter, 0, MayRepeatBodies: false),
        new(FaultKind.DeliverTwice, 0, MayRepeatBodies: true),
        new(FaultKind.LateEffect, 45, MayRepeatBodies: true),
        new(FaultKind.LateAnswer, 45, MayRepeatBodies: true),
        new(FaultKind.LateFailure, 45, MayRepeatBodies: true),
        new(FaultKind.DeadConnection, 45, MayRepeatBodies: true),
        new(FaultKind.DeadConnection, 5, MayRepeatBodies: false),
    ];

    /// <summary>The case by its name: the kind, and for those that take time the seconds.</summary>
    public static FaultCase Of(string name) => All.Single(known => known.ToString() == name);

    /// <summary>The fault at a call.</summary>
    public Fault At(int call) => new(Kind, call) { Lasts = TimeSpan.FromSeconds(Seconds) };

    public override string ToString() => Seconds == 0 ? Kind.ToString() : string.Create(CultureInfo.InvariantCulture, $"{Kind}, {Seconds} s");
}
