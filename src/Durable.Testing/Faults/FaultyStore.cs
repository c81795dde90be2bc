using Durable.Storage;

namespace Durable.Testing.Faults;

/// <summary>
/// A store of which some calls go wrong: one connection to it, as one process has. Every verb but the disposal counts as a call.
/// A caller that gives up a call that hangs does not end it: what was sent may still arrive.
/// </summary>
/// <example>
/// A host of a simulation whose first commit is acknowledged to nobody:
/// <code>
/// var plan = new FaultPlan(new Fault(FaultKind.FailAfter, 1, nameof(IRunStore.CommitAsync)));
/// simulation.Start(durable => durable.AddWorkflows().DecorateStore((_, store) => new FaultyStore(store, plan, simulation.Clock)));
/// </code>
/// </example>
/// <param name="inner">The store; disposed with this one.</param>
/// <param name="plan">Which calls go wrong. Hosts that share it are counted together, but a connection hangs or dies for its own host only.</param>
/// <param name="clock">The clock by which a connection hangs or is dead: that of the store, since its leases pass by it.</param>
public sealed class FaultyStore(IRunStore inner, FaultPlan plan, TimeProvider clock) : DelegatingStore(inner)
{
    private readonly Lock _gate = new();
    private Fault? _lasting;
    private long _since;

    /// <inheritdoc/>
    protected override async ValueTask<T> CallAsync<T>(string verb, object? request, Func<ValueTask<T>> call)
    {
        var fault = Meet(plan.Next(verb));
        switch (fault?.Kind)
        {
            case FaultKind.FailBefore or FaultKind.DeadConnection:
                throw Failure(fault, verb);
            case FaultKind.FailAfter:
                await call();
                throw Failure(fault, verb);
            case FaultKind.DeliverTwice:
                await call();
                return await call();
            case FaultKind.LateEffect:
                await RecoveryAsync(fault);
                return await call();
            case FaultKind.LateAnswer:
                var answer = await call();
                await RecoveryAsync(fault);
                return answer;
            case FaultKind.LateFailure:
                await RecoveryAsync(fault);
                throw Failure(fault, verb);
            default:
                return await call();
        }
    }

    // What the connection suffers from already comes before what would find this call.
    private Fault? Meet(Fault? found)
    {
        lock (_gate)
        {
            if (_lasting is not null && LeftOf(_lasting) > TimeSpan.Zero)
                return _lasting;
            _lasting = null;
            if (found is { IsLasting: true })
                (_lasting, _since) = (found, clock.GetTimestamp());
            return found;
        }
    }

    private Task RecoveryAsync(Fault fault)
    {
        lock (_gate)
        {
            // The store may have taken its time, and another fault may have found the connection meanwhile.
            var left = ReferenceEquals(fault, _lasting) ? LeftOf(fault) : TimeSpan.Zero;
            return left > TimeSpan.Zero ? Task.Delay(left, clock) : Task.CompletedTask;
        }
    }

    // By timestamps: setting the time of day back keeps no connection down.
    private TimeSpan LeftOf(Fault fault) => fault.Lasts - clock.GetElapsedTime(_since);

    private static StoreException Failure(Fault fault, string verb) => new($"{verb} fails on purpose: {fault}.");
}
