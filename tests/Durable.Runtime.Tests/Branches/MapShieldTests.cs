namespace Durable.Runtime.Tests.Branches;

/// <summary>What must be brought to its end in branches that are abandoned.</summary>
public sealed class MapShieldTests : BranchTests
{
    private static readonly string[] s_letters = ["a", "b"];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_shield_that_has_begun_in_an_abandoned_branch_ends_before_the_map_does(bool crashes)
    {
        Hold("a", "shielded");
        var after = 0;
        var workflow = Define(w => Outcome(w.MapAsync(s_letters, x => x, async (inner, x) =>
        {
            if (x == "a")
            {
                await Work(x);
                return;
            }

            await inner.Shield("refund", async _ =>
            {
                await Work("shielded");
                await Work("shielded2");
            });
            after++;
            await Work("never");
        }, new MapOptions { MinSuccessful = 1 })));
        Start(workflow, out var host);
        Release("a");
        Assert.Equal(RunStatus.Running, Status(RunOf(workflow)));
        if (crashes)
            Crash(host, workflow);
        Release("shielded");
        Assert.Equal("MinSuccessfulReached: a+ b?", Result(RunOf(workflow)));
        Assert.Equal(["/map[a]/Work", "/map[b]/refund/Work", "/map[b]/refund/Work#1"], Stored(RunOf(workflow)));
        Assert.Empty(Told);
    }

    [Fact]
    public void A_shield_calls_through_the_context_of_its_abandoned_branch()
    {
        Hold("a", "shielded");
        var run = Start(w => Outcome(w.MapAsync(s_letters, x => x, async (inner, x) =>
        {
            if (x == "a")
                await Work(x);
            else
                await inner.Shield("refund", async _ => await inner.StepAsync("one", _ => Work2("shielded")) + await inner.StepAsync("two", _ => Work2("more")));
        }, new MapOptions { MinSuccessful = 1 })));
        Release("a");
        Release("shielded");
        Assert.Equal("MinSuccessfulReached: a+ b?", Result(run));
        Assert.Equal(["/map[a]/Work", "/map[b]/one", "/map[b]/two"], Stored(run));
    }

    [Fact]
    public void What_a_shield_in_an_abandoned_branch_threw_is_said_of_its_item()
    {
        Hold("a", "shielded");
        Fail("shielded");
        var run = Start(async w =>
        {
            var outcome = await w.MapAsync(s_letters, x => x, (inner, x) => x == "a" ? Work(x) : inner.Shield("refund", _ => Work("shielded")), new MapOptions { MinSuccessful = 1 });
            return $"{Text(outcome)} {outcome.Items[1].Error!.GetType().Name}";
        });
        Release("a");
        Release("shielded");
        Assert.Equal("MinSuccessfulReached: a+ b? StepFailedException", Result(run));
    }

    [Fact]
    public void A_shield_that_had_not_begun_never_does()
    {
        Hold("a", "b");
        var run = Start(w => Outcome(w.MapAsync(s_letters, x => x, async (inner, x) =>
        {
            await Work(x);
            await inner.Shield("after", _ => Work(x + "2"));
        }, new MapOptions { MinSuccessful = 1 })));
        Release("a");
        Assert.Equal("MinSuccessfulReached: a+ b?", Result(run));
        Assert.Equal(["a", "b", "a2"], Bodies);
    }

    [Fact]
    public void A_map_inside_a_shield_abandons_its_branches_as_any_other()
    {
        Hold("a", "b");
        var run = Start(w => w.Shield("safe", inner => Outcome(inner.MapAsync(s_letters, x => x, (_, x) => Work(x), new MapOptions { MinSuccessful = 1 }))));
        Release("b");
        Assert.Equal("MinSuccessfulReached: a? b+", Result(run));
        Assert.Equal(["a"], Told);
    }

    [Fact]
    public void What_an_abandoned_branch_had_registered_is_undone()
    {
        Hold("a", "b");
        Fail("a");
        var run = Start(async w => Text(await w.MapAsync(s_letters, x => x, async (inner, x) =>
        {
            inner.Compensate($"undo {x}", _ => Work($"{x} undone"));
            await Work(x);
        })));
        Release("a");
        Failure(run);
        Assert.Equal(["a", "b", "b undone", "a undone"], Bodies);
    }

    private async Task<string> Work2(string value)
    {
        Bodies.Add(value);
        await PassAsync(value, CancellationToken.None);
        return value;
    }
}
