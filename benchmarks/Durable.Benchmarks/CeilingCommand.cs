using System.CommandLine;
using System.Text.Json;
using Durable.Benchmarks.Ceiling;

namespace Durable.Benchmarks;

/// <summary><c>ceiling</c>: what the disk and SQLite allow, with nothing of Durable in between.</summary>
internal static class CeilingCommand
{
    public static Command Create()
    {
        var load = new LoadOptions();
        var store = LoadOptions.Store("sqlite");
        var command = new Command("ceiling", "Raw group commit of the rows that the store writes.") { store, load.Inflight, load.Runs, load.Steps, load.Json };
        command.SetAction(async arguments =>
        {
            using var scratch = new Scratch();
            var measured = await SqliteCeiling.MeasureAsync(
                scratch.Path, arguments.GetRequiredValue(load.Inflight), arguments.GetRequiredValue(load.Runs), arguments.GetRequiredValue(load.Steps));
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                benchmark = "ceiling",
                store = "sqlite",
                inflight = measured.Inflight,
                rows = measured.Rows,
                seconds = Math.Round(measured.Seconds, 4),
                rows_per_second = Math.Round(measured.Rows / measured.Seconds),
                transactions = measured.Transactions,
            }));
        });
        return command;
    }
}
