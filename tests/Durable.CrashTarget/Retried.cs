namespace Durable.CrashTarget;

/// <summary>A step that fails four times, between two that do not.</summary>
public sealed partial class Retried(Bodies bodies)
{
    [Workflow] public partial Task<Outcome> RunAsync(long seed);

    [Step] private partial Task<Link> BeforeAsync(long value);
    [Step, Retry(MaxAttempts = 5, InitialDelay = "100ms", BackoffRate = 1, Jitter = Jitter.None)] private partial Task<Link> FlakyAsync(long value);
    [Step] private partial Task<Link> AfterAsync(long value);

    private async Task<Outcome> RunAsyncCore(long seed)
    {
        var before = await BeforeAsync(seed);
        var flaky = await FlakyAsync(before.Value);
        var after = await AfterAsync(flaky.Value);
        return new Outcome(after.Value, [before.Proof, flaky.Proof, after.Proof]);
    }

    private Task<Link> BeforeAsyncCore(long value, StepContext step) => bodies.RunAsync(step, value + 3);

    // What an attempt returns tells its number: one that was lost, or counted twice, leads to another result.
    private Task<Link> FlakyAsyncCore(long value, StepContext step)
        => step.Attempt < 5 ? Task.FromResult(bodies.Fail(step, $"attempt {step.Attempt}")) : bodies.RunAsync(step, (value * 100) + step.Attempt);

    private Task<Link> AfterAsyncCore(long value, StepContext step) => bodies.RunAsync(step, value + 7);
}
