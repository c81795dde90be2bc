using Durable.Testing.Crashes;

namespace Durable.CrashTarget;

/// <summary>What every step's body does: leave a line in the trace, then perhaps die or hold still.</summary>
public sealed class Bodies(TraceFile trace, KillSwitch killSwitch, bool isOnlyRun, string? holdAt)
{
    public async Task<Link> RunAsync(StepContext step, long value)
    {
        var proof = Trace(step);
        if (step.StepId == holdAt)
        {
            Console.WriteLine($"holding {step.RunId}");
            await Task.Delay(Timeout.Infinite, CancellationToken.None); // Until the test kills this process.
        }

        return new Link(value, proof);
    }

    /// <summary>A body that does not return anything.</summary>
    public Link Fail(StepContext step, string message) => Fail(step, new InvalidOperationException(message));

    /// <inheritdoc cref="Fail(StepContext, string)"/>
    public Link Fail(StepContext step, Exception error)
    {
        Trace(step);
        throw error;
    }

    private Guid Trace(StepContext step)
    {
        var proof = Guid.NewGuid();
        trace.Add([$"body {Environment.ProcessId} {step.RunId} {step.StepId} {step.IdempotencyToken} {proof}"]);
        killSwitch.Reach(CrashMoment.InsideBody, isOnlyRun ? step.StepId : step.RunId + step.StepId);
        return proof;
    }
}
