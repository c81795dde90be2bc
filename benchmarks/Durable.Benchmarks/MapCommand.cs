using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;

namespace Durable.Benchmarks;

/// <summary><c>map</c>: what an item of a map costs, of many and of a tenth as many. Where the ratio of the two is about one, nothing is quadratic.</summary>
internal static class MapCommand
{
    private const int Rounds = 7;

    public static Command Create()
    {
        var json = new LoadOptions().Json;
        var store = LoadOptions.Store("sqlite", "memory");
        var items = new Option<int>("--items") { Description = "How many items.", DefaultValueFactory = _ => 10_000 };
        var atOnce = new Option<int>("--at-once") { Description = "How many branches are under way at a time; 0 for all.", DefaultValueFactory = _ => 100 };
        var command = new Command("map", "A map of one step an item, and of a tenth as many items.") { store, items, atOnce, json };
        command.SetAction(async arguments =>
        {
            using var scratch = new Scratch();
            var name = arguments.GetRequiredValue(store);
            var many = arguments.GetRequiredValue(items);
            var concurrency = arguments.GetRequiredValue(atOnce);
            await using var host = await BenchmarkHost.StartAsync(name, scratch, inflight: 1);
            await MeasureAsync(host.Client, 100, concurrency);
            var (few, all) = (await MeasureAsync(host.Client, many / 10, concurrency), await MeasureAsync(host.Client, many, concurrency));
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                benchmark = "map",
                store = name,
                items = many,
                at_once = concurrency,
                microseconds_per_item = Math.Round(all, 2),
                microseconds_per_item_of_a_tenth = Math.Round(few, 2),
                ratio = Math.Round(all / few, 2),
            }));
        });
        return command;
    }

    // The fastest of several: what the machine does besides only makes it slower.
    private static async Task<double> MeasureAsync(IDurableClient client, int items, int atOnce)
    {
        var fastest = double.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await client.RunAsync(BenchmarkWorkflow.MappedCall(items, atOnce), $"map-{items}-{i}");
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(started).TotalMicroseconds / items);
        }

        return fastest;
    }
}
