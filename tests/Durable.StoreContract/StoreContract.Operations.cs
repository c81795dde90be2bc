namespace Durable.Storage.Contract;

// 90x, 91x listing, 93x purging, 95x terminating.
public abstract partial class StoreContract
{
    [Fact]
    public async Task R901_Runs_are_listed_newest_first()
    {
        await CreateEachAsync("b", "c", "a");

        Assert.Equal(["a", "c", "b"], await ListAsync());
    }

    [Fact]
    public async Task R902_Runs_of_one_instant_are_listed_by_the_code_points_of_their_ids_the_highest_first()
    {
        // By UTF-16 units the fourth would stand behind the third.
        foreach (var id in (string[])["a", "B", "\uFFFD", "\U0001F600", "ä", "aa"])
            await CreateAsync(id);

        Assert.Equal(["\U0001F600", "\uFFFD", "ä", "aa", "a", "B"], await ListAsync());
    }

    [Fact]
    public async Task R903_A_listed_run_tells_everything_but_its_payloads()
    {
        await CreateAsync("run");
        Clock.Advance(TimeSpan.FromSeconds(5));
        await LetGoAsync(Assert.Single(await ClaimAsync()), new RunTransition { Status = RunStatus.Failed, Error = "boom"u8.ToArray() });
        await ResumeAsync();
        await LetGoAsync(Assert.Single(await ClaimAsync()), new RunTransition { Status = RunStatus.Failed, Error = "boom 2"u8.ToArray() });

        var listed = Assert.Single(await ListAsync(new RunQuery { Max = 10 }));

        var run = await FindAsync();
        Assert.Equal((run.RunId, run.Workflow, RunStatus.Failed, 2L, 2), (listed.RunId, listed.Workflow, listed.Status, listed.Epoch, listed.Attempt));
        Assert.Equal((run.CreatedAt, run.EndedAt), (listed.CreatedAt, listed.EndedAt));
        Assert.Equal("boom 2"u8.ToArray(), listed.Error.ToArray());
    }

    [Fact]
    public async Task R904_A_run_that_has_not_ended_is_listed_without_end_and_error()
    {
        await HoldAsync();

        var listed = Assert.Single(await ListAsync(new RunQuery { Max = 10 }));

        Assert.Equal((RunStatus.Running, null, 0), (listed.Status, listed.EndedAt, listed.Error.Length));
    }

    [Theory]
    [InlineData(RunStatus.Pending)]
    [InlineData(RunStatus.Running)]
    [InlineData(RunStatus.Completed)]
    [InlineData(RunStatus.Failed)]
    [InlineData(RunStatus.Canceled)]
    [InlineData(RunStatus.Quarantined)]
    public async Task R905_Runs_of_one_status_are_listed(RunStatus status)
    {
        await CreateInEveryStatusAsync();

        Assert.Equal([$"{status}-2", $"{status}-1"], await ListAsync(statuses: [status]));
    }

    [Fact]
    public async Task R906_Runs_of_several_statuses_are_one_list()
    {
        await CreateInEveryStatusAsync();

        Assert.Equal(
            ["Pending-2", "Failed-2", "Completed-2", "Pending-1", "Failed-1", "Completed-1"],
            await ListAsync(statuses: [RunStatus.Completed, RunStatus.Failed, RunStatus.Pending, RunStatus.Failed]));
        Assert.Equal(12, (await ListAsync(statuses: Enum.GetValues<RunStatus>())).Count);
        Assert.Equal(await ListAsync(), await ListAsync(statuses: Enum.GetValues<RunStatus>()));
    }

    [Fact]
    public async Task R907_A_run_that_changes_its_status_changes_its_list()
    {
        var held = await HoldAsync();
        await LetGoAsync(held, RunStatus.Pending);
        Assert.Equal(["run"], await ListAsync(statuses: [RunStatus.Pending]));

        await LetGoAsync(Assert.Single(await ClaimAsync()), RunStatus.Failed);
        Assert.Equal(["run"], await ListAsync(statuses: [RunStatus.Failed]));

        await ResumeAsync();
        Assert.Empty(await ListAsync(statuses: [RunStatus.Failed, RunStatus.Running]));
        Assert.Equal(["run"], await ListAsync(statuses: [RunStatus.Pending]));
    }

    [Fact]
    public async Task R908_Runs_of_one_workflow_are_listed_in_any_version()
    {
        await CreateAsync("a", Order);
        await CreateAsync("b", Order with { Version = 2 });
        await CreateAsync("c", Invoice);
        await CreateAsync("d", new WorkflowIdentity("order", 1));

        Assert.Equal(["b", "a"], await ListAsync(workflow: "Order"));
        Assert.Empty(await ListAsync(workflow: "Nobody"));
    }

    [Theory]
    [InlineData("order-")]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("[a-z]")]
    [InlineData("*")]
    [InlineData("\\")]
    [InlineData("'; --")]
    [InlineData("\U0001F600")]
    [InlineData("\uFFFF")]
    [InlineData("\U0010FFFF")]
    [InlineData("Ä")]
    public async Task R909_No_character_of_a_prefix_has_a_meaning_of_its_own(string prefix)
    {
        foreach (var id in (string[])[prefix, prefix + "1", prefix + "\U0010FFFF", "x" + prefix, "order", "ORDER-1", "a", "ä", "z", "\U0001F601"])
            await CreateAsync(id);

        Assert.Equal([prefix + "\U0010FFFF", prefix + "1", prefix], await ListAsync(prefix: prefix));
    }

    [Fact]
    public async Task R910_An_empty_prefix_is_none_and_one_that_nothing_has_lists_nothing()
    {
        await CreateEachAsync("a", "b");

        Assert.Equal(["b", "a"], await ListAsync(prefix: ""));
        Assert.Empty(await ListAsync(prefix: "ab"));
        Assert.Empty(await ListAsync(prefix: "c"));
    }

    [Fact]
    public async Task R911_Times_of_creation_are_from_inclusive_until_exclusive()
    {
        var start = Clock.GetUtcNow();
        await CreateEachAsync("a", "b", "c", "d");

        Assert.Equal(["c", "b"], await ListAsync(from: start.AddSeconds(1), until: start.AddSeconds(3)));
        Assert.Equal(["d", "c"], await ListAsync(from: start.AddSeconds(2).ToOffset(TimeSpan.FromHours(5))));
        Assert.Equal(["a"], await ListAsync(until: start.AddTicks(1)));
        Assert.Empty(await ListAsync(from: start.AddSeconds(2), until: start.AddSeconds(1)));
        Assert.Equal(4, (await ListAsync(from: DateTimeOffset.MinValue, until: DateTimeOffset.MaxValue)).Count);
    }

    [Fact]
    public async Task R912_All_conditions_have_to_hold()
    {
        await CreateEachAsync("x-1", "y-1");
        await CreateAsync("x-2", Invoice);
        foreach (var run in await ClaimAsync(workflows: [Order, Invoice]))
            await LetGoAsync(run, RunStatus.Failed);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await CreateEachAsync("x-3");

        Assert.Equal(["x-1"], await ListAsync(statuses: [RunStatus.Failed], workflow: "Order", prefix: "x-", until: Clock.GetUtcNow().AddSeconds(-1)));
        Assert.Equal(["x-3"], await ListAsync(statuses: [RunStatus.Pending, RunStatus.Completed], workflow: "Order", prefix: "x-"));
        Assert.Equal(["y-1", "x-1"], await ListAsync(statuses: [RunStatus.Failed], workflow: "Order"));
        Assert.Equal(["x-2"], await ListAsync(workflow: "Invoice", prefix: "x-", from: Clock.GetUtcNow().AddDays(-1)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public async Task R913_Pages_give_the_whole_list_once_also_among_runs_of_one_instant(int pageSize)
    {
        for (var number = 0; number < 10; number++)
        {
            await CreateAsync($"run-{number}");
            if (number % 4 == 3)
                Clock.Advance(TimeSpan.FromSeconds(1));
        }

        var whole = await ListAsync();
        Assert.Equal(10, whole.Count);
        Assert.Equal(whole, await PageAsync(new RunQuery { Max = pageSize }));
        Assert.Equal(whole, await PageAsync(new RunQuery { Max = pageSize, RunIdPrefix = "run-" }));
        Assert.Equal(whole, await PageAsync(new RunQuery { Max = pageSize, Statuses = [RunStatus.Pending, RunStatus.Failed] }));
        Assert.Equal(whole, await PageAsync(new RunQuery { Max = pageSize, Workflow = "Order" }));
    }

    [Fact]
    public async Task R914_A_page_goes_on_after_a_position_whose_run_is_gone()
    {
        await CreateEachAsync("a", "b", "c");
        await LetGoAsync((await ClaimAsync()).Single(run => run.RunId == "b"), RunStatus.Completed);
        var position = (await FindAsync("b")).CreatedAt;
        await PurgeAsync(TimeSpan.Zero, statuses: RunStatus.Completed);

        Assert.Equal(["a"], (await ListAsync(new RunQuery { Max = 10, After = new RunPosition(position, "b") })).Select(run => run.RunId));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(DurableLimits.MaxPageSize + 2)]
    public async Task R915_A_page_of_no_size_or_too_large_is_refused(int max)
        => Assert.Contains("ask for 1 to 1001", (await Assert.ThrowsAsync<ArgumentException>(() => ListAsync(new RunQuery { Max = max }))).Message);

    [Fact]
    public async Task R916_Paging_while_runs_come_end_and_go_repeats_and_skips_none_that_stays()
    {
        for (var number = 0; number < 200; number++)
        {
            await CreateAsync($"stays-{number}", Invoice);
            if (number % 10 == 0)
                Clock.Advance(TimeSpan.FromSeconds(1));
        }

        using var enough = new CancellationTokenSource();
        var churn = Task.Run(async () =>
        {
            for (var number = 0; !enough.IsCancellationRequested; number++)
            {
                await CreateAsync($"goes-{number}");
                foreach (var run in await ClaimAsync())
                    await LetGoAsync(run, RunStatus.Completed);
                if (number % 3 == 0)
                    await PurgeAsync(TimeSpan.Zero, statuses: RunStatus.Completed);
            }
        });

        for (var round = 0; round < 10; round++)
        {
            var ids = await PageAsync(new RunQuery { Max = 7 });
            Assert.Equal(ids.Count, ids.Distinct().Count());
            Assert.Equal(200, ids.Count(id => id.StartsWith("stays-", StringComparison.Ordinal)));
        }

        await enough.CancelAsync();
        await churn;
    }

    [Fact]
    public async Task R917_Listing_an_empty_store_gives_nothing() => Assert.Empty(await ListAsync(prefix: "a", statuses: [RunStatus.Failed], workflow: "Order"));

    private async Task CreateEachAsync(params string[] ids)
    {
        foreach (var id in ids)
        {
            await CreateAsync(id);
            Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    // Two of each: Pending-1, Running-1, ...
    private async Task CreateInEveryStatusAsync()
    {
        foreach (var number in (int[])[1, 2])
        {
            foreach (var status in (RunStatus[])[RunStatus.Completed, RunStatus.Failed, RunStatus.Canceled, RunStatus.Quarantined])
            {
                await LetGoAsync(await HoldAsync($"{status}-{number}"), status);
                Clock.Advance(TimeSpan.FromMilliseconds(1));
            }

            await HoldAsync($"Running-{number}");
            await CreateAsync($"Pending-{number}", Invoice);
            Clock.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    private async Task<IReadOnlyList<RunSummary>> ListAsync(RunQuery query) => await Store.ListRunsAsync(query, default);

    private async Task<IReadOnlyList<string>> ListAsync(
        RunStatus[]? statuses = null, string? workflow = null, string? prefix = null, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        var query = new RunQuery { Max = 100, Statuses = statuses ?? [], Workflow = workflow, RunIdPrefix = prefix, CreatedFrom = from, CreatedUntil = until };
        return [.. (await ListAsync(query)).Select(run => run.RunId)];
    }

    private async Task<List<string>> PageAsync(RunQuery query)
    {
        var ids = new List<string>();
        while (true)
        {
            var page = await ListAsync(query);
            ids.AddRange(page.Select(run => run.RunId));
            if (page.Count < query.Max)
                return ids;
            query = query with { After = page[^1].Position };
        }
    }

    private async Task<int> PurgeAsync(TimeSpan age, int max = 100, params RunStatus[] statuses)
        => await Store.PurgeRunsAsync(new PurgeRequest { Statuses = statuses, Age = age, Max = max }, default);
}
