using Durable.Testing.Faults;

namespace Durable.Testing.Tests.Faults;

public sealed class FaultPlanTests
{
    private static readonly string[] s_verbs = ["FindRunAsync", "CommitAsync", "ClaimRunsAsync"];

    [Fact]
    public void A_call_is_found_by_its_number_over_all_verbs()
    {
        var plan = new FaultPlan(new Fault(FaultKind.FailBefore, 2));

        Assert.Equal(["FailBefore at call 2 (CommitAsync)"], Drive(plan, calls: 6));
    }

    [Fact]
    public void A_call_is_found_by_its_number_among_the_calls_of_its_verb()
    {
        var plan = new FaultPlan(new Fault(FaultKind.FailAfter, 2, "CommitAsync"));

        Assert.Equal(["FailAfter at call 5 (CommitAsync)"], Drive(plan, calls: 9));
    }

    [Fact]
    public void A_plan_without_faults_only_counts()
    {
        var plan = new FaultPlan();

        Assert.Empty(Drive(plan, calls: 4));
        Assert.Equal((4, "no fault"), (plan.Calls, plan.ToString()));
    }

    [Fact]
    public void A_fault_names_its_kind_its_call_and_its_time()
    {
        Assert.Equal("DeliverTwice at call 3 of CommitAsync", new Fault(FaultKind.DeliverTwice, 3, "CommitAsync").ToString());
        Assert.Equal("DeadConnection for 2.5 s at call 1", (new Fault(FaultKind.DeadConnection, 1) { Lasts = TimeSpan.FromSeconds(2.5) }).ToString());
    }

    [Fact]
    public void Equal_seeds_give_equal_faults()
    {
        var first = Drive(FaultPlan.AtRandom(new Random(7), rate: 0.2), calls: 500);

        Assert.Equal(first, Drive(FaultPlan.AtRandom(new Random(7), rate: 0.2), calls: 500));
        Assert.NotEqual(first, Drive(FaultPlan.AtRandom(new Random(8), rate: 0.2), calls: 500));
    }

    [Fact]
    public void A_random_plan_hits_as_often_as_its_rate_says_and_with_every_kind()
    {
        var plan = FaultPlan.AtRandom(new Random(1), rate: 0.2, longest: TimeSpan.FromSeconds(5));
        Drive(plan, calls: 2000);

        Assert.InRange(plan.Hits.Count, 300, 500);
        Assert.Equal(Enum.GetValues<FaultKind>(), plan.Hits.Select(hit => hit.Fault.Kind).Distinct().Order());
        Assert.All(plan.Hits, hit => Assert.InRange(hit.Fault.Lasts, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void A_random_plan_keeps_to_the_kinds_that_were_named()
    {
        var plan = FaultPlan.AtRandom(new Random(1), rate: 0.5, kinds: [FaultKind.FailAfter, FaultKind.LateEffect]);
        Drive(plan, calls: 100);

        Assert.Equal([FaultKind.FailAfter, FaultKind.LateEffect], plan.Hits.Select(hit => hit.Fault.Kind).Distinct().Order());
    }

    [Fact]
    public void The_hits_of_a_random_plan_repeat_it()
    {
        var random = FaultPlan.AtRandom(new Random(3), rate: 0.3);
        var hits = Drive(random, calls: 100);

        Assert.Equal(hits, Drive(new FaultPlan([.. random.Hits.Select(hit => hit.Fault)]), calls: 100));
    }

    [Fact]
    public void A_stopped_plan_goes_on_counting_and_hits_nothing()
    {
        var plan = new FaultPlan(new Fault(FaultKind.FailBefore, 2));
        plan.Stop();

        Assert.Empty(Drive(plan, calls: 3));
        Assert.Equal(3, plan.Calls);
    }

    private static string[] Drive(FaultPlan plan, int calls)
    {
        for (var i = 0; i < calls; i++)
            plan.Next(s_verbs[i % s_verbs.Length]);
        return [.. plan.Hits.Select(hit => hit.ToString())];
    }
}
