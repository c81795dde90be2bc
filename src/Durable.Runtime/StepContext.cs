using Durable.Execution;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Durable;

/// <summary>What a step's body may know of the execution it is part of.</summary>
public sealed class StepContext
{
    private readonly RunDriver? _driver;
    private readonly DurableCall? _call;
    private Guid? _idempotencyToken;
    private ILogger? _logger;

    internal StepContext(RunDriver driver, DurableCall call, DateTimeOffset? deadline, CancellationToken cancellationToken)
    {
        _driver = driver;
        _call = call;
        StepId = call.Id;
        Attempt = call.Attempt;
        Deadline = deadline;
        CancellationToken = cancellationToken;
    }

    // Outside a run.
    internal StepContext(CancellationToken cancellationToken)
    {
        StepId = "";
        Attempt = 1;
        CancellationToken = cancellationToken;
    }

    /// <summary>The run's id; empty outside a run.</summary>
    public string RunId => _driver?.RunId ?? "";

    /// <summary>The step's id within the run, such as <c>/ChargeCustomer[order-17]</c>; empty outside a run.</summary>
    public string StepId { get; }

    /// <summary>Which execution of the body this is, counted from 1. A body that runs again because its process died keeps its number.</summary>
    public int Attempt { get; }

    /// <summary>
    /// The same for every execution of this step of this run, over attempts, crashes and hosts: pass it to the outside service as its idempotency key.
    /// A name-based UUID (version 5) of run id and step id; outside a run a random one.
    /// </summary>
    public Guid IdempotencyToken => _idempotencyToken ??= _driver is null ? OutsideToken() : NameBasedGuid.Create(_driver.Identity, StepId);

    /// <summary>When this attempt's time is over and its token is canceled, by the worker's clock; null without <see cref="RetryPolicy.AttemptTimeout"/>, and outside a run.</summary>
    public DateTimeOffset? Deadline { get; }

    /// <summary>The error of the attempt before this one; null for the first.</summary>
    public ErrorInfo? LastError => _call?.Progress is { LastError: { IsEmpty: false } error } ? Serialization.StoredError.Show(error) : null;

    /// <summary>A logger whose scope names run and step; silent outside a run.</summary>
    public ILogger Logger => _logger ??= _driver is null ? NullLogger.Instance : RunLogger.ForStep(_driver, StepId);

    /// <summary>The epoch of the hold that executes the body; 0 outside a run.</summary>
    internal long Epoch => _driver?.Epoch ?? 0;

    /// <summary>True when the beginning of each attempt is stored before it; false outside a run.</summary>
    internal bool RunsAtMostOnce => _call?.RunsAtMostOnce ?? false;

    /// <summary>True once the incarnation that executes the body no longer listens to it; false outside a run.</summary>
    internal bool IsAbandoned => _driver?.BodyToken.IsCancellationRequested ?? false;

    /// <summary>Canceled when the lease is lost or the worker shuts down: the outcome would not be stored any more.</summary>
    public CancellationToken CancellationToken { get; }

#pragma warning disable RS0030 // Outside a run there is no engine whose randomness could be injected, and nothing that would be replayed.
    private static Guid OutsideToken() => Guid.NewGuid();
#pragma warning restore RS0030
}
