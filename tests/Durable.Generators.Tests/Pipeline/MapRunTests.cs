namespace Durable.Generators.Tests.Pipeline;

/// <summary>Maps in generated code: the results of inline steps in their branches have contracts, and the steps that branches call find their scopes.</summary>
public sealed class MapRunTests
{
    private const string Source = """
        public sealed record Page(string Url, int[] Words);
        public static partial class Flow
        {
            [Workflow] public static partial Task<string> RunAsync(string[] urls);
            [Step] private static partial Task<int> CountAsync(int words);
            private static async Task<string> RunAsyncCore(string[] urls, WorkflowContext workflow)
            {
                var pages = await workflow.MapAsync(urls, url => url, async (branch, url) =>
                {
                    var page = await branch.StepAsync<Page>("fetch", _ => url == "bad" ? throw new System.IO.IOException("gone") : Task.FromResult(new Page(url, [1, 2])));
                    return await CountAsync(page.Words.Length);
                }, new MapOptions { Name = "pages", ToleratedFailures = 1 });
                var both = await workflow.ParallelAsync<int>([new("one", _ => CountAsync(1)), new("two", _ => CountAsync(2))]);
                return $"{string.Join(',', pages.Results)} {pages.Failed.Single().Key} {both.Results.Sum()}";
            }
            private static int CountAsyncCore(int words) => words;
        }
        public static class User { public static WorkflowCall<string> Start() => Flow.RunCall(["a", "bad", "c"]); }
        """;

    [Fact]
    public async Task Branches_run_are_stored_and_replayed()
    {
        var (result, steps) = await ReplayedRun.OfAsync(Source, isConcurrent: true);
        Assert.Equal("2,2 bad 3", result);
        Assert.Equal(
            ["/pages[a]/Count", "/pages[a]/fetch", "/pages[bad]/fetch", "/pages[c]/Count", "/pages[c]/fetch", "/parallel[one]/Count", "/parallel[two]/Count"],
            steps.Split(' ').Order(StringComparer.Ordinal));
    }
}
