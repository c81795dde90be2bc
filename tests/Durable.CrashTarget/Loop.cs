namespace Durable.CrashTarget;

/// <summary>Five turns of a loop, each with a keyed and an unkeyed step.</summary>
public sealed partial class Loop(Bodies bodies)
{
    [Workflow] public partial Task<Outcome> RunAsync(long seed);

    [Step] private partial Task<Link> KeyedAsync([StepKey] int turn, long value);
    [Step] private partial Task<Link> UnkeyedAsync(long value);

    private async Task<Outcome> RunAsyncCore(long seed)
    {
        var value = seed;
        var proofs = new List<Guid>();
        for (var turn = 0; turn < 5; turn++)
        {
            var keyed = await KeyedAsync(turn, value);
            var unkeyed = await UnkeyedAsync(keyed.Value);
            value = unkeyed.Value;
            proofs.AddRange([keyed.Proof, unkeyed.Proof]);
        }

        return new Outcome(value, proofs);
    }

    private Task<Link> KeyedAsyncCore(int turn, long value, StepContext step) => bodies.RunAsync(step, value * 31 % 1_000_003 + turn);
    private Task<Link> UnkeyedAsyncCore(long value, StepContext step) => bodies.RunAsync(step, value + 1);
}
