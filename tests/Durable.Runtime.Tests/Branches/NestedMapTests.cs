namespace Durable.Runtime.Tests.Branches;

/// <summary>Maps within the branches of maps.</summary>
public sealed class NestedMapTests : BranchTests
{
    private static readonly string[] s_letters = ["a", "b"];

    [Fact]
    public void Branches_of_branches_have_ids_of_their_own()
    {
        var run = Start(w => Outcome(w.MapAsync(s_letters, x => x, (inner, x) => inner.MapAsync(["1", "2"], n => n, (_, n) => Work(x + n), new MapOptions { Name = "pages" }))));
        Assert.Equal("AllCompleted: a+ b+", Result(run));
        Assert.Equal(["/map[a]/pages[1]/Work", "/map[a]/pages[2]/Work", "/map[b]/pages[1]/Work", "/map[b]/pages[2]/Work"], Stored(run).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_goes_on_in_an_abandoned_branch_is_abandoned_with_it(bool crashes)
    {
        Hold("a1", "a2", "b1", "b2", "last");
        var workflow = Define(async w => await Outcome(w.MapAsync(s_letters, x => x, async (inner, x) =>
            await Outcome(inner.MapAsync(["1", "2", "3"], n => n, (_, n) => Work(x + n), new MapOptions { MaxConcurrency = 2 })), new MapOptions { MinSuccessful = 1 })) + await Work("last"));
        Start(workflow, out var host);
        Release("b1");
        Release("a1", "a2");
        Assert.Equal(["b2"], Told);
        if (crashes)
            Crash(host, workflow);
        Release("last");
        Assert.Equal("MinSuccessfulReached: a+ b?last", Result(RunOf(workflow)));
        Assert.Equal(["/map[b]/map[1]/Work", "/map[b]/map[3]/Work", "/map[a]/map[1]/Work", "/map[a]/map[2]/Work", "/map[a]/map[3]/Work", "/Work"], Stored(RunOf(workflow)));
    }

    [Fact]
    public void An_inner_map_that_fails_is_a_failed_branch_of_the_outer_one()
    {
        Fail("b1");
        var run = Start(async w =>
        {
            var outcome = await w.MapAsync(s_letters, x => x, (inner, x) => inner.MapAsync(["1"], n => n, (_, n) => Work(x + n)), new MapOptions { ToleratedFailures = 1 });
            return $"{Text(outcome)} {outcome.Items[1].Error!.GetType().Name}";
        });
        Assert.Equal("AllCompleted: a+ b- MapFailedException", Result(run));
    }

    [Fact]
    public void A_scope_in_a_branch_is_abandoned_with_it()
    {
        Hold("a", "b");
        var run = Start(async w => await Outcome(w.MapAsync(s_letters, x => x, (inner, x) => inner.ScopeAsync("deeper", _ => Work(x)), new MapOptions { MinSuccessful = 1 })) + await Work("last"));
        Release("a");
        Assert.Equal("MinSuccessfulReached: a+ b?last", Result(run));
        Assert.Equal(["b"], Told);
    }
}
