namespace Durable.Storage.Contract;

// 92x listing where there are many runs: a store may go another way about it then, and must find the same.
public abstract partial class StoreContract
{
    [Fact]
    public async Task R921_Every_combination_of_conditions_gives_what_meets_it_also_where_much_does()
    {
        await CreateManyAsync();
        var all = await WholeListAsync(new RunQuery { Max = 1000 });
        Assert.Equal(2800, all.Count);
        var middle = all[all.Count / 2].CreatedAt;

        foreach (var statuses in (RunStatus[][])[[], [RunStatus.Pending], [RunStatus.Completed], [RunStatus.Failed], [RunStatus.Canceled, RunStatus.Pending], [RunStatus.Quarantined]])
        foreach (var workflow in (string?[])[null, "Order", "Invoice", "Nobody"])
        foreach (var prefix in (string?[])[null, "run-", "run-1", "run-12", "few-", "nothing"])
        foreach (var (from, until) in ((DateTimeOffset?, DateTimeOffset?)[])[(null, null), (middle, null), (null, middle)])
        {
            var query = new RunQuery { Max = 1000, Statuses = statuses, Workflow = workflow, RunIdPrefix = prefix, CreatedFrom = from, CreatedUntil = until };
            var expected = all
                .Where(run => statuses.Length == 0 || statuses.Contains(run.Status))
                .Where(run => workflow is null || run.Workflow.Name == workflow)
                .Where(run => run.RunId.StartsWith(prefix ?? "", StringComparison.Ordinal))
                .Where(run => !(run.CreatedAt < from) && !(run.CreatedAt >= until))
                .Select(run => run.RunId);
            Assert.Equal(expected, (await WholeListAsync(query)).Select(run => run.RunId));
        }
    }

    private async Task<List<RunSummary>> WholeListAsync(RunQuery query)
    {
        var runs = new List<RunSummary>();
        while (true)
        {
            var page = await ListAsync(query);
            runs.AddRange(page);
            if (page.Count < query.Max)
                return runs;
            query = query with { After = page[^1].Position };
        }
    }

    // 1,300 completed and 100 failed runs of one workflow, then 1,300 waiting ones of it; 100 canceled ones of another at the end.
    private async Task CreateManyAsync()
    {
        await CreateSomeAsync("run-", 1300, Order);
        foreach (var run in await ClaimAsync(max: 1300))
            await LetGoAsync(run, RunStatus.Completed);
        await CreateSomeAsync("few-", 100, Order);
        foreach (var run in await ClaimAsync(max: 100))
            await LetGoAsync(run, RunStatus.Failed);
        await CreateSomeAsync("run-1-", 1300, Order);
        await CreateSomeAsync("few-2-", 100, Invoice);
        foreach (var run in await ClaimAsync(max: 100, workflows: Invoice))
            await LetGoAsync(run, RunStatus.Canceled);
    }

    private async Task CreateSomeAsync(string prefix, int count, WorkflowIdentity workflow)
    {
        for (var number = 0; number < count; number += 50)
        {
            await Task.WhenAll(Enumerable.Range(number, 50).Select(each => CreateAsync($"{prefix}{each}", workflow)));
            Clock.Advance(TimeSpan.FromMilliseconds(1));
        }
    }
}
