namespace Durable.CrashTarget;

/// <summary>What every step's body does: leave a line in the trace file, then perhaps die or hold still.</summary>
public sealed class Bodies(string trace, KillSwitch killSwitch, string? holdAt)
{
    private readonly Lock _gate = new();

    public async Task<Link> RunAsync(StepContext step, long value)
    {
        var proof = Guid.NewGuid();
        Trace($"{Environment.ProcessId} {step.RunId} {step.StepId} {step.IdempotencyToken} {proof}\n");
        killSwitch.Reach(Moment.InBody);
        if (step.StepId == holdAt)
        {
            Console.WriteLine($"holding {step.RunId}");
            await Task.Delay(Timeout.Infinite, CancellationToken.None); // Until the test kills this process.
        }

        return new Link(value, proof);
    }

    private void Trace(string line)
    {
        lock (_gate)
            File.AppendAllText(trace, line);
    }
}
