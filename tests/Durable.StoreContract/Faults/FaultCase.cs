using System.Globalization;
using Durable.Testing.Faults;

namespace Durable.Storage.Contract.Faults;

/// <summary>One kind of fault, and what it may cost at most.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Seconds">How long it lasts, where the kind takes time.</param>
/// <param name="Repeats">Which bodies may be executed once more: never one whose outcome is stored.</param>
internal sealed record FaultCase(FaultKind Kind, int Seconds, Repeats Repeats)
{
    /// <summary>
    /// A failed call is asked again within the lease, whether or not it took effect: no body is repeated. A repeated commit is refused, which costs the hold on the run, and with it the work of bodies
    /// that run beside; a connection that is down for longer than a lease costs the same. One that is down for a few seconds costs nothing.
    /// </summary>
    public static IReadOnlyList<FaultCase> All { get; } =
    [
        new(FaultKind.FailBefore, 0, Repeats.None),
        new(FaultKind.FailAfter, 0, Repeats.None),
        new(FaultKind.DeliverTwice, 0, Repeats.Beside),
        new(FaultKind.LateEffect, 45, Repeats.Unfinished),
        new(FaultKind.LateAnswer, 45, Repeats.Unfinished),
        new(FaultKind.LateFailure, 45, Repeats.Unfinished),
        new(FaultKind.DeadConnection, 45, Repeats.Unfinished),
        new(FaultKind.DeadConnection, 5, Repeats.None),
    ];

    /// <summary>The case by its name: the kind, and for those that take time the seconds.</summary>
    public static FaultCase Of(string name) => All.Single(known => known.ToString() == name);

    /// <summary>The fault at a call.</summary>
    public Fault At(int call) => new(Kind, call) { Lasts = TimeSpan.FromSeconds(Seconds) };

    public override string ToString() => Seconds == 0 ? Kind.ToString() : string.Create(CultureInfo.InvariantCulture, $"{Kind}, {Seconds} s");
}

/// <summary>Which bodies a fault may cause to be executed once more.</summary>
internal enum Repeats
{
    /// <summary>None at all.</summary>
    None,

    /// <summary>Those that run while the outcome of another one is written.</summary>
    Beside,

    /// <summary>Those whose outcome is not stored.</summary>
    Unfinished,
}
