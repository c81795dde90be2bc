namespace Durable.CrashTarget;

/// <summary>Three branches at once, in scopes, and one step after them.</summary>
public sealed partial class Branches(Bodies bodies)
{
    [Workflow] public partial Task<Outcome> RunAsync(long seed);

    [Step] private partial Task<Link> FirstAsync(long value);
    [Step] private partial Task<Link> SecondAsync(long value);
    [Step] private partial Task<Link> LastAsync(long value);

    private async Task<Outcome> RunAsyncCore(long seed, WorkflowContext workflow)
    {
        var branches = await Task.WhenAll(Enumerable.Range(1, 3).Select(branch => workflow.ScopeAsync("branch", async _ =>
        {
            var first = await FirstAsync(seed * branch);
            var second = await SecondAsync(first.Value);
            return (first, second);
        })));
        var last = await LastAsync(branches.Sum(branch => branch.second.Value));
        return new Outcome(last.Value, [.. branches.SelectMany(branch => new[] { branch.first.Proof, branch.second.Proof }), last.Proof]);
    }

    private Task<Link> FirstAsyncCore(long value, StepContext step) => bodies.RunAsync(step, value + 7);
    private Task<Link> SecondAsyncCore(long value, StepContext step) => bodies.RunAsync(step, value * 11);
    private Task<Link> LastAsyncCore(long value, StepContext step) => bodies.RunAsync(step, value - 13);
}
