using Microsoft.Extensions.Logging;

namespace Durable;

/// <summary>What a step's body may know of the execution it is part of.</summary>
public sealed class StepContext
{
    internal StepContext(string runId, string stepId, int attempt, Guid idempotencyToken, ILogger logger, CancellationToken cancellationToken)
    {
        RunId = runId;
        StepId = stepId;
        Attempt = attempt;
        IdempotencyToken = idempotencyToken;
        Logger = logger;
        CancellationToken = cancellationToken;
    }

    /// <summary>The run's id; empty outside a run.</summary>
    public string RunId { get; }

    /// <summary>The step's id within the run, such as <c>/ChargeCustomer[order-17]</c>; empty outside a run.</summary>
    public string StepId { get; }

    /// <summary>Which execution of the body this is, counted from 1. A body that runs again because its process died keeps its number.</summary>
    public int Attempt { get; }

    /// <summary>
    /// The same for every execution of this step of this run, over attempts, crashes and hosts: pass it to the outside service as its idempotency key.
    /// A name-based UUID (version 5) of run id and step id.
    /// </summary>
    public Guid IdempotencyToken { get; }

    /// <summary>A logger whose scope names run and step.</summary>
    public ILogger Logger { get; }

    /// <summary>Canceled when the lease is lost or the worker shuts down: the outcome would not be stored any more.</summary>
    public CancellationToken CancellationToken { get; }
}
