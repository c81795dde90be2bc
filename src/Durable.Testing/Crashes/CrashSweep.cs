namespace Durable.Testing.Crashes;

/// <summary>
/// Executes runs once undisturbed and finds every place where a host could die: around each write, and around and inside each step body. Then executes them again and again, each time on a fresh in-memory store, and lets
/// the host die at one of these places; another host takes over once the lease has passed. Each time the runs must end as they did undisturbed, no body may run again once its outcome was stored, and what was stored must
/// be all that the outcome depends on.
/// </summary>
/// <remarks>
/// <para>Everything happens on the calling thread, on a clock that stands still; only bodies that do real asynchronous work take real time. A host that dies does nothing any more: its store calls never return and its clock
/// stands still. What a body of its has handed to other threads cannot be stopped and may still happen, as a request already sent would.</para>
/// <para><c>configure</c> is called for each host, as at each start of a process: what it creates is gone after a crash. What stands for the outside world and must outlive a host (a payment service's books, a mailbox)
/// is made by <c>world</c>, once for each execution; an object merely captured by <c>configure</c> is shared by all executions of the sweep.
/// Payload codecs are left out: what is stored is compared.</para>
/// </remarks>
/// <example>
/// <code>
/// CrashSweep.Run(
///     OrderWorkflow.ProcessOrderCall(order),
///     world: () => new FakePayments(),
///     configure: (durable, payments) => durable.AddWorkflows().Services.AddSingleton&lt;IPayments&gt;(payments),
///     check: payments => Assert.Equal(1, payments.ChargesOf(order.Id))).ThrowIfFailed();
/// </code>
/// </example>
public static class CrashSweep
{
    /// <summary>Sweeps one run.</summary>
    /// <param name="call">The workflow and its arguments.</param>
    /// <param name="configure">Adds workflows and services; called for each host. The sweep brings the store and the clock.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="only">Repeats one crash instead of all, by the text that names it: <c>after commit 3</c>, or <c>after commit 3, then inside body /Charge</c>.</param>
    /// <exception cref="FormatException"><paramref name="only"/> names no crash.</exception>
    /// <exception cref="ArgumentException">The runs never come to <paramref name="only"/>.</exception>
    /// <exception cref="InvalidOperationException">There are more crashes than <see cref="CrashOptions.MaxCrashes"/>; or the host cannot start, whose exceptions come as they are.</exception>
    public static CrashReport Run(WorkflowCall call, Action<DurableBuilder> configure, CrashOptions? options = null, string? only = null)
        => Run([call], configure, options, only);

    /// <summary>Sweeps several runs that are executed at once; they are named <c>run-1</c>, <c>run-2</c> and so on.</summary>
    /// <param name="calls">The workflows and their arguments.</param>
    /// <param name="configure">Adds workflows and services; called for each host. The sweep brings the store and the clock.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="only">Repeats one crash instead of all.</param>
    /// <inheritdoc cref="Run(WorkflowCall, Action{DurableBuilder}, CrashOptions?, string?)" path="/exception"/>
    public static CrashReport Run(IReadOnlyList<WorkflowCall> calls, Action<DurableBuilder> configure, CrashOptions? options = null, string? only = null)
    {
        ArgumentNullException.ThrowIfNull(configure);
        return Run(calls, () => new TrialWorld(configure, Check: null), options, only);
    }

    /// <summary>Sweeps one run, with an outside world that outlives the hosts.</summary>
    /// <typeparam name="TWorld">What outlives the hosts.</typeparam>
    /// <param name="call">The workflow and its arguments.</param>
    /// <param name="world">Makes the outside world of one execution.</param>
    /// <param name="configure">Adds workflows and services; called for each host with the world of its execution. The sweep brings the store and the clock.</param>
    /// <param name="check">Throws when the world is not as it should be once the runs have ended, whatever died on the way; null for no check.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="only">Repeats one crash instead of all.</param>
    /// <inheritdoc cref="Run(WorkflowCall, Action{DurableBuilder}, CrashOptions?, string?)" path="/exception"/>
    public static CrashReport Run<TWorld>(
        WorkflowCall call, Func<TWorld> world, Action<DurableBuilder, TWorld> configure, Action<TWorld>? check = null, CrashOptions? options = null, string? only = null)
        => Run([call], world, configure, check, options, only);

    /// <summary>Sweeps several runs that are executed at once, with an outside world that outlives the hosts; the runs are named <c>run-1</c>, <c>run-2</c> and so on.</summary>
    /// <typeparam name="TWorld">What outlives the hosts.</typeparam>
    /// <param name="calls">The workflows and their arguments.</param>
    /// <param name="world">Makes the outside world of one execution.</param>
    /// <param name="configure">Adds workflows and services; called for each host with the world of its execution. The sweep brings the store and the clock.</param>
    /// <param name="check">Throws when the world is not as it should be once the runs have ended, whatever died on the way; null for no check.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="only">Repeats one crash instead of all.</param>
    /// <inheritdoc cref="Run(WorkflowCall, Action{DurableBuilder}, CrashOptions?, string?)" path="/exception"/>
    public static CrashReport Run<TWorld>(
        IReadOnlyList<WorkflowCall> calls, Func<TWorld> world, Action<DurableBuilder, TWorld> configure, Action<TWorld>? check = null, CrashOptions? options = null, string? only = null)
    {
        ArgumentNullException.ThrowIfNull(world);
        ArgumentNullException.ThrowIfNull(configure);
        return Run(calls, NewWorld, options, only);

        TrialWorld NewWorld()
        {
            var made = world();
            return new TrialWorld(durable => configure(durable, made), check is null ? null : () => check(made));
        }
    }

    private static CrashReport Run(IReadOnlyList<WorkflowCall> calls, Func<TrialWorld> newWorld, CrashOptions? options, string? only)
    {
        ArgumentNullException.ThrowIfNull(calls);
        ArgumentOutOfRangeException.ThrowIfZero(calls.Count, nameof(calls));
        var runs = calls.Select((call, i) => new SweptRun(FormattableString.Invariant($"run-{i + 1}"), call)).ToList();
        return new Sweep(new SweepSubject(runs, newWorld, options ?? new CrashOptions())).Run(only is null ? null : CrashPoint.ParsePlan(only));
    }
}
