using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Durable.Storage;

namespace Durable.Benchmarks;

/// <summary><c>list</c>: pages of a long listing through <see cref="IRunStore.ListRunsAsync"/>: the first and the last, which must not differ much, for several filters.</summary>
internal static class ListCommand
{
    private const int PageSize = 100;
    private const int Rounds = 101;

    public static Command Create()
    {
        var load = new LoadOptions();
        var store = LoadOptions.Store("sqlite", "memory");
        var runs = new Option<int>("--runs") { Description = "How many runs are in the store.", DefaultValueFactory = _ => 100_000 };
        var command = new Command("list", "First and last page of a listing, by filter.") { store, runs, load.Json };
        command.SetAction(async arguments =>
        {
            using var scratch = new Scratch();
            var (name, count) = (arguments.GetRequiredValue(store), arguments.GetRequiredValue(runs));
            await using var opened = StoreCommand.Open(name, Path.Combine(scratch.Path, "runs.db"));
            await FillAsync(opened, count);
            foreach (var (filter, query) in Queries(count))
            {
                var (matches, last) = await FindLastPageAsync(opened, query);
                var (first, ofLast) = await MeasureAsync(opened, query, last);
                Console.WriteLine(JsonSerializer.Serialize(new
                {
                    benchmark = "list",
                    store = name,
                    runs = count,
                    filter,
                    matches,
                    page = PageSize,
                    first_page_ms = first,
                    last_page_ms = ofLast,
                    ratio = Math.Round(Math.Max(first, ofLast) / Math.Min(first, ofLast), 2),
                }));
            }
        });
        return command;
    }

    private static IEnumerable<(string Filter, RunQuery Query)> Queries(int count)
    {
        var all = new RunQuery { Max = PageSize };
        yield return ("none", all);
        yield return ("status, most runs", all with { Statuses = [RunStatus.Completed] });
        yield return ("status, one in a hundred", all with { Statuses = [RunStatus.Failed] });
        yield return ("workflow, half of the runs", all with { Workflow = "Bench0" });
        yield return ("workflow and status", all with { Workflow = "Bench1", Statuses = [RunStatus.Failed] });
        yield return ("prefix, all runs", all with { RunIdPrefix = "run-" });
        yield return ("prefix, the oldest tenth", all with { RunIdPrefix = "run-0" });
        yield return ("prefix, a thousandth", all with { RunIdPrefix = $"run-{count / 2 / 100:D4}" });
    }

    // Of a hundred runs of two workflows one fails and the others complete.
    private static async Task FillAsync(IRunStore store, int count)
    {
        await store.InitializeAsync(default);
        await store.EnterAsWorkerAsync(default);
        var workflows = new[] { new WorkflowIdentity("Bench0", 1), new WorkflowIdentity("Bench1", 1) };
        var digits = (count - 1).ToString(System.Globalization.CultureInfo.InvariantCulture).Length;
        for (var number = 0; number < count; number += 500)
        {
            var batch = Enumerable.Range(number, Math.Min(500, count - number));
            await Task.WhenAll(batch.Select(each => store.CreateRunAsync(
                new NewRun { RunId = $"run-{each.ToString($"D{digits}", System.Globalization.CultureInfo.InvariantCulture)}", Workflow = workflows[each % 2], Input = new byte[200], Fingerprint = 1 }, default).AsTask()));
            var held = await store.ClaimRunsAsync(new ClaimRequest { Worker = "bench", Max = 500, Lease = TimeSpan.FromHours(1), Workflows = workflows }, default);
            await Task.WhenAll(held.Select((run, index) => store.CommitAsync(
                new RunCommit { RunId = run.RunId, Epoch = run.Epoch, Transition = new RunTransition { Status = index % 100 == 7 ? RunStatus.Failed : RunStatus.Completed } }, default).AsTask()));
        }
    }

    private static async Task<(int Matches, RunQuery Last)> FindLastPageAsync(IRunStore store, RunQuery query)
    {
        var (matches, last) = (0, query);
        while (true)
        {
            var page = await store.ListRunsAsync(query, default);
            matches += page.Count;
            // A page that is only partly full would be compared unfairly.
            if (page.Count == PageSize)
                last = query;
            if (page.Count < PageSize)
                return (matches, last);
            query = query with { After = page[^1].Position };
        }
    }

    // In turns, so that what else the machine does meets both alike.
    private static async Task<(double First, double Last)> MeasureAsync(IRunStore store, RunQuery first, RunQuery last)
    {
        var (ofFirst, ofLast) = (new double[Rounds], new double[Rounds]);
        for (var round = 0; round < Rounds; round++)
        {
            ofFirst[round] = await TimeAsync(store, first);
            ofLast[round] = await TimeAsync(store, last);
        }

        Array.Sort(ofFirst);
        Array.Sort(ofLast);
        return (Percentile.Of(ofFirst, 50), Percentile.Of(ofLast, 50));
    }

    private static async Task<double> TimeAsync(IRunStore store, RunQuery query)
    {
        var started = Stopwatch.GetTimestamp();
        await store.ListRunsAsync(query, default);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
