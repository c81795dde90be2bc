namespace Durable.Runtime.Tests.Branches;

/// <summary>What a map does where nothing ends it early.</summary>
public sealed class MapTests : BranchTests
{
    private static readonly string[] s_letters = ["a", "b", "c"];

    [Fact]
    public void Results_come_in_input_order_whichever_branch_ends_first()
    {
        Hold("a", "b", "c");
        var run = Start(async w => string.Join(' ', (await w.MapAsync(s_letters, x => x, async (_, x) => await Work(x) + "!")).Results));
        Release("c");
        Release("b");
        Release("a");
        Assert.Equal("a! b! c!", Result(run));
    }

    [Fact]
    public void Each_item_has_a_scope_of_its_own_named_by_its_key()
    {
        var run = Start(async w =>
        {
            await w.MapAsync(s_letters[..2], x => $"order-{x}", (_, x) => Work(x), new MapOptions { Name = "orders" });
            await w.MapAsync(s_letters[..2], x => $"order-{x}", (_, x) => Work(x), new MapOptions { Name = "orders" });
            await w.MapAsync(s_letters[..1], x => x, async (_, x) => await Work(x));
            return "";
        });
        Result(run);
        Assert.Equal(
            ["/map[a]/Work", "/orders[order-a]#1/Work", "/orders[order-a]/Work", "/orders[order-b]#1/Work", "/orders[order-b]/Work"],
            Stored(run).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_scope_and_a_map_of_one_name_are_told_apart()
    {
        var run = Start(async w =>
        {
            await w.ScopeAsync("import", _ => Work("a"));
            await w.MapAsync(["b"], x => x, (_, x) => Work(x), new MapOptions { Name = "import" });
            await w.ScopeAsync("import", _ => Work("c"));
            return "";
        });
        Result(run);
        Assert.Equal(["/import/Work", "/import[b]/Work", "/import#1/Work"], Stored(run));
    }

    [Fact]
    public void A_key_of_any_text_is_taken()
    {
        var run = Start(async w => await Outcome(w.MapAsync(["a/b", "x[1]#2", new string('k', 500), ""], x => x, (_, x) => Work(x[..Math.Min(3, x.Length)]))));
        Assert.StartsWith("AllCompleted: a/b+ x[1]#2+ kkk", Result(run), StringComparison.Ordinal);
        Assert.Contains("/map[a%2Fb]/Work", Stored(run));
        Assert.All(Stored(run), id => Assert.True(id.Length < 100));
    }

    [Fact]
    public void An_item_knows_its_place_key_input_and_result()
    {
        var run = Start(async w =>
        {
            var outcome = await w.MapAsync([1, 2], x => $"n{x}", async (_, x) => (await Work($"w{x}")).Length + x);
            var item = outcome.Items[1];
            return $"{item.Index} {item.Key} {item.Item} {item.Status} {item.Result} {item.Error is null}";
        });
        Assert.Equal("1 n2 2 Succeeded 4 True", Result(run));
    }

    [Fact]
    public void A_map_over_nothing_completes()
    {
        var run = Start(w => Outcome(w.MapAsync(Array.Empty<string>(), x => x, (_, x) => Work(x))));
        Assert.Equal("AllCompleted: ", Result(run));
    }

    [Fact]
    public void Branches_that_await_nothing_complete_in_their_order()
    {
        var order = new List<string>();
        var run = Start(w => Outcome(w.MapAsync(s_letters, x => x, (_, x) =>
        {
            order.Add(x);
            return Task.CompletedTask;
        }, new MapOptions { MaxConcurrency = 1 })));
        Assert.Equal("AllCompleted: a+ b+ c+", Result(run));
        Assert.Equal(s_letters, order[..3]);
    }

    [Fact]
    public void Parallel_branches_are_named_and_their_names_are_the_items()
    {
        var run = Start(async w =>
        {
            var outcome = await w.ParallelAsync<string>([new("charge", _ => Work("a")), new("ship", async _ => await Work("b") + await Work("c"))]);
            return $"{Text(outcome)} {string.Join(' ', outcome.Results)}";
        });
        Assert.Equal("AllCompleted: charge+ ship+ a bc", Result(run));
        Assert.Equal(["/parallel[charge]/Work", "/parallel[ship]/Work", "/parallel[ship]/Work#1"], Stored(run).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Parallel_branches_without_result_take_options_and_leave_what_they_found_in_locals()
    {
        Fail("b");
        var run = Start(async w =>
        {
            string? found = null;
            var outcome = await w.ParallelAsync([new("one", async _ => found = await Work("a")), new("two", _ => Work("b"))], new MapOptions { ToleratedFailures = 1, Name = "both" });
            return $"{Text(outcome)} {found} {outcome.Failed.Single().Error!.GetType().Name}";
        });
        Assert.Equal("AllCompleted: one+ two- a StepFailedException", Result(run));
    }

    [Fact]
    public void Two_items_of_one_key_are_refused_by_name_before_anything_begins()
    {
        var run = Start(w => Outcome(w.MapAsync(["a", "b", "a"], x => x, (_, x) => Work(x))));
        var error = Failure(run).Error;
        Assert.Equal(typeof(ArgumentException).FullName, error.TypeName);
        Assert.Contains("Items 0 and 2 of map 'map' have the same key, 'a'", error.Message, StringComparison.Ordinal);
        Assert.Empty(Bodies);
    }

    [Fact]
    public void An_item_without_a_key_is_refused()
    {
        var run = Start(w => Outcome(w.MapAsync(s_letters, x => x == "b" ? null! : x, (_, x) => Work(x))));
        Assert.Contains("Item 1 of map 'map' has no key", Failure(run).Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void No_more_branches_are_under_way_than_may_and_the_next_begins_when_one_ends()
    {
        Hold("a", "b", "c", "d");
        var run = Start(w => Outcome(w.MapAsync(["a", "b", "c", "d"], x => x, (_, x) => Work(x), new MapOptions { MaxConcurrency = 2 })));
        Assert.Equal(["a", "b"], Bodies);
        Release("b");
        Assert.Equal(["a", "b", "c"], Bodies);
        Release("c", "a");
        Assert.Equal(["a", "b", "c", "d"], Bodies);
        Release("d");
        Assert.Equal("AllCompleted: a+ b+ c+ d+", Result(run));
    }

    [Fact]
    public void A_branch_that_begins_later_finds_what_the_code_around_the_map_left_not_what_the_branch_before_it_did()
    {
        var place = new AsyncLocal<string>();
        var found = new List<string>();
        var run = Start(w =>
        {
            place.Value = "around";
            return Outcome(w.MapAsync(s_letters, x => x, async (_, x) =>
            {
                found.Add(place.Value!);
                place.Value = x;
                await Work(x);
            }, new MapOptions { MaxConcurrency = 1 }));
        });
        Result(run);
        Assert.All(found, value => Assert.Equal("around", value));
    }

    [Fact]
    public void A_map_inside_a_step_body_is_refused_as_a_nested_step()
    {
        var run = Start(w => w.StepAsync("outer", async _ => await Outcome(w.MapAsync(s_letters, x => x, (_, x) => Work(x)))));
        Assert.Equal(typeof(NestedStepException).FullName, Failure(run).Error.Inner!.TypeName);
    }

    [Fact]
    public void An_item_that_left_the_list_after_its_steps_were_recorded_is_a_divergence()
    {
        var items = new List<string> { "a", "b" };
        Hold("last");
        var workflow = Define(async w =>
        {
            await w.MapAsync(items, x => x, (_, x) => Work(x));
            return await Work("last");
        });
        Start(workflow, out var host);
        items.Remove("b");
        Crash(host, workflow);
        var run = RunOf(workflow);
        Assert.Equal(RunStatus.Quarantined, Status(run));
        Assert.Contains("/map[b]/Work", Simulation.Run(() => run.GetInfoAsync()).Error!.Message, StringComparison.Ordinal);
    }
}
