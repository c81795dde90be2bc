using Durable.Execution;

namespace Durable.Runtime.Tests.Identity;

/// <summary>Which id a call gets.</summary>
public sealed class ScopeIdentityTests
{
    [Fact]
    public Task Ordinals_count_calls_of_one_name_and_key() => IdsAsync(
        ["/a", "/a#1", "/a[k]", "/a[k]#1", "/a[]", "/b"],
        async w =>
        {
            await w.StepAsync("a", One);
            await w.StepAsync("a", One);
            await w.StepAsync("a", "k", One);
            await w.StepAsync("a", "k", One);
            await w.StepAsync("a", "", One);
            await w.StepAsync("b", One);
        });

    [Fact]
    public Task Ordinals_are_counted_apart_in_each_scope() => IdsAsync(
        ["/a", "/s/a", "/s/a#1", "/s/t/a", "/s#1/a", "/a#1"],
        async w =>
        {
            await w.StepAsync("a", One);
            await w.ScopeAsync("s", async s =>
            {
                await s.StepAsync("a", One);
                await s.StepAsync("a", One);
                await s.ScopeAsync("t", t => t.StepAsync("a", One));
            });
            await w.ScopeAsync("s", s => s.StepAsync("a", One));
            await w.StepAsync("a", One);
        });

    [Fact]
    public Task A_step_does_not_change_the_id_of_a_scope_of_its_name() => IdsAsync(
        ["/a", "/a/b", "/a#1", "/a#1/b"],
        async w =>
        {
            await w.StepAsync("a", One);
            await w.ScopeAsync("a", s => s.StepAsync("b", One));
            await w.StepAsync("a", One);
            await w.ScopeAsync("a", s => s.StepAsync("b", One));
        });

    [Fact]
    public Task Names_and_keys_cannot_forge_another_scope() => IdsAsync(
        ["/s%2Fa", "/s[x%5D%231]", "/s%231/a"],
        async w =>
        {
            await w.StepAsync("s/a", One);
            await w.StepAsync("s", "x]#1", One);
            await w.ScopeAsync("s#1", s => s.StepAsync("a", One));
        });

    [Fact]
    public async Task An_id_that_is_too_long_is_refused_at_the_call()
    {
        var rig = new RunRig<string>(TestWorkflow.Define("W", async w =>
        {
            try
            {
                await DeepAsync(w, 6);
                return "accepted";
            }
            catch (ArgumentException exception)
            {
                return exception.Message;
            }
        }));
        await rig.DriveAsync();
        Assert.Contains("the limit is 1000 (DurableLimits.MaxStepIdLength)", await rig.ResultAsync());
        Assert.Empty(await rig.HistoryAsync());
    }

    // Not inline data: the test runner itself cannot keep half of a surrogate pair.
    [Fact]
    public Task A_key_with_half_of_a_surrogate_pair_is_refused_at_the_call() => IsRefusedAsync("\ud83d", "half of a surrogate pair");

    [Fact]
    public Task A_key_with_NUL_is_refused_at_the_call() => IsRefusedAsync("a\0b", "NUL");

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task An_inline_step_needs_a_name(string name)
    {
        var rig = new RunRig<int>(TestWorkflow.Define("W", w => w.StepAsync(name, One)));
        await rig.DriveAsync();
        Assert.True((await rig.ErrorAsync()).IsCausedBy<ArgumentException>());
    }

    private static async Task IsRefusedAsync(string key, string problem)
    {
        var rig = new RunRig<int>(TestWorkflow.Define("W", w => w.StepAsync("step", key, One)));
        await rig.DriveAsync();
        var error = await rig.ErrorAsync();
        Assert.True(error.IsCausedBy<ArgumentException>());
        Assert.Contains(problem, error.Message);
        Assert.Empty(await rig.HistoryAsync());
    }

    private static Task<int> DeepAsync(WorkflowContext w, int depth)
        => depth == 0 ? w.StepAsync("a", One) : w.ScopeAsync(new string('s', 200), inner => DeepAsync(inner, depth - 1));

    private static Task<int> One(CancellationToken cancellationToken) => Task.FromResult(1);

    private static async Task IdsAsync(string[] expected, Func<WorkflowContext, Task> code)
    {
        var rig = new RunRig<bool>(TestWorkflow.Define("W", async w =>
        {
            await code(w);
            return true;
        }));
        Assert.Equal(RunEnd.Ended, await rig.DriveAsync());
        Assert.True(await rig.ResultAsync());
        Assert.Equal(expected, (await rig.HistoryAsync()).Select(checkpoint => checkpoint.StepId));
    }
}
