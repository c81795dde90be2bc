namespace Durable.CrashTarget;

/// <summary>A failure that the code catches, and one that ends the run until what is behind it is repaired.</summary>
public sealed partial class Repaired(Bodies bodies)
{
    // Repaired by the first process that comes this far, for all that follow.
    private const string Repair = "repaired";

    [Workflow] public partial Task<Outcome> RunAsync(long seed);

    [Step] private partial Task<Link> PrepareAsync(long value);
    [Step] private partial Task<Link> RefuseAsync();
    [Step] private partial Task<Link> DeliverAsync(long value);

    private async Task<Outcome> RunAsyncCore(long seed)
    {
        var first = await PrepareAsync(seed);
        var refused = 0;
        try
        {
            await RefuseAsync();
        }
        catch (StepFailedException failure) when (failure.InnerException is RefusedException { Message: "refused" } refusal)
        {
            refused = refusal.Costs;
        }

        var second = await PrepareAsync(first.Value + refused);
        var delivered = await DeliverAsync(second.Value);
        return new Outcome(delivered.Value, [first.Proof, second.Proof, delivered.Proof]);
    }

    private Task<Link> PrepareAsyncCore(long value, StepContext step) => bodies.RunAsync(step, value + 1);
    private Link RefuseAsyncCore(StepContext step) => bodies.Fail(step, new RefusedException("refused", 100));

    private Task<Link> DeliverAsyncCore(long value, StepContext step)
    {
        if (File.Exists(Repair))
            return bodies.RunAsync(step, value * 3);
        File.WriteAllText(Repair, "");
        return Task.FromResult(bodies.Fail(step, "out of order"));
    }
}

/// <summary>A failure whose data the code goes on with, in whichever process it does.</summary>
[DurableError]
public sealed class RefusedException(string message, int costs) : Exception(message)
{
    public int Costs { get; } = costs;
}
