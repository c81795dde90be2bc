namespace Durable.Runtime.Tests.Replay;

/// <summary>Steps that the whole run shares.</summary>
public sealed class OncePerRunTests : SimulatedRunTests
{
    private readonly List<string> _executed = [];
    private readonly TextStep<int> _step;
    private readonly TextStep<int> _failing;

    public OncePerRunTests()
    {
        _step = TextStep<int>.Define("once", (value, step) => Executed(step.StepId), oncePerRun: true);
        _failing = TextStep<int>.Define("fails", (_, step) =>
        {
            Executed(step.StepId);
            throw new InvalidOperationException("on purpose");
        }, oncePerRun: true);
    }

    [Fact]
    public async Task Concurrent_calls_share_one_execution()
    {
        await SameTwiceAsync("1 1", async _ => string.Join(' ', await Task.WhenAll(_step.CallAsync("x"), _step.CallAsync("x"))));
        Assert.Equal(["/once"], _executed);
    }

    [Fact]
    public async Task A_later_call_gets_the_first_outcome()
    {
        await SameTwiceAsync("1 1", async _ => $"{await _step.CallAsync("x")} {await _step.CallAsync("x")}");
        Assert.Equal(["/once"], _executed);
    }

    [Fact]
    public async Task No_call_completes_synchronously()
        => await SameTwiceAsync("False", async _ =>
        {
            await _step.CallAsync("x");
            var second = _step.CallAsync("x");
            var completed = second.IsCompleted;
            await second;
            return $"{completed}";
        });

    [Fact]
    public async Task It_belongs_to_the_root_scope_wherever_it_is_called()
    {
        await SameTwiceAsync("1 1", async w => $"{await w.ScopeAsync("s", _ => _step.CallAsync("x"))} {await w.ScopeAsync("t", _ => _step.CallAsync("x"))}");
        Assert.Equal(["/once"], _executed);
    }

    [Fact]
    public async Task Another_key_is_another_step()
    {
        await SameTwiceAsync("1 2", async _ => $"{await _step.CallAsync("x", "k1")} {await _step.CallAsync("y", "k2")}");
        Assert.Equal(["/once[k1]", "/once[k2]"], _executed);
    }

    [Fact]
    public async Task A_failure_is_kept()
    {
        await SameTwiceAsync("/fails /fails", async _ =>
        {
            var first = await Assert.ThrowsAsync<StepFailedException>(() => _failing.CallAsync("x"));
            var second = await Assert.ThrowsAsync<StepFailedException>(() => _failing.CallAsync("x"));
            return $"{first.StepId} {second.StepId}";
        });
        Assert.Equal(["/fails"], _executed);
    }

    [Fact]
    public async Task Other_arguments_throw()
    {
        await SameTwiceAsync("/once", async _ =>
        {
            await _step.CallAsync("x");
            return (await Assert.ThrowsAsync<StepArgumentMismatchException>(() => _step.CallAsync("y"))).StepId;
        });
        Assert.Equal(["/once"], _executed);
    }

    private Task<int> Executed(string stepId)
    {
        _executed.Add(stepId);
        return Task.FromResult(_executed.Count);
    }

    private async Task SameTwiceAsync(string expected, Func<WorkflowContext, Task<string>> code)
    {
        var seen = new List<string>();
        var rig = Rig(async w =>
        {
            seen.Add(await code(w));
            return 1;
        });
        DropAtEnd(rig);
        Drive(rig);
        await rig.ResultAsync();
        Assert.Equal([expected, expected], seen);
    }
}
