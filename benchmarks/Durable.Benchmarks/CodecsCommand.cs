using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using EncryptedPayloads;
using Microsoft.Extensions.Configuration;

namespace Durable.Benchmarks;

/// <summary><c>codecs</c>: what payload codecs cost runs, in turns within one process.</summary>
internal static class CodecsCommand
{
    private const int Rounds = 15;

    private static readonly (string Name, IPayloadCodec[] Codecs)[] s_contenders =
        [("none", []), ("none_again", []), ("pass_through", [new PassThroughCodec()]), ("compress_encrypt", [new BrotliPayloadCodec(), Cipher()])];

    public static Command Create()
    {
        var load = new LoadOptions();
        var store = LoadOptions.Store("sqlite", "memory");
        var command = new Command("codecs", "Runs of small steps without payload codecs and with them: ratios of time and allocations.") { store, load.Inflight, load.Runs, load.Steps, load.Json };
        command.SetAction(async arguments =>
        {
            var name = arguments.GetRequiredValue(store);
            var (inflight, runs, steps) = (arguments.GetRequiredValue(load.Inflight), arguments.GetRequiredValue(load.Runs), arguments.GetRequiredValue(load.Steps));
            var seconds = s_contenders.Select(_ => new double[Rounds]).ToArray();
            var processor = s_contenders.Select(_ => new double[Rounds]).ToArray();
            var allocated = new double[s_contenders.Length];
            for (var round = -1; round < Rounds; round++)
            {
                for (var turn = 0; turn < s_contenders.Length; turn++)
                {
                    var i = (round + 1 + turn) % s_contenders.Length; // Nobody always runs behind the same other.
                    var (elapsed, used, bytes) = await RoundAsync(name, s_contenders[i].Codecs, runs, steps, inflight);
                    // The first round is for the just-in-time compiler.
                    if (round >= 0)
                        (seconds[i][round], processor[i][round]) = (elapsed, used);
                    allocated[i] = bytes / ((double)runs * steps);
                }
            }

            Console.WriteLine(JsonSerializer.Serialize(new
            {
                benchmark = "codecs",
                store = name,
                runs,
                steps,
                inflight,
                rounds = Rounds,
                contenders = s_contenders.Select((contender, i) => new
                {
                    name = contender.Name,
                    steps_per_second = Math.Round((long)runs * steps / Median(seconds[i])),
                    time_ratio = Ratio(seconds[i], seconds[0]),
                    processor_ratio = Ratio(processor[i], processor[0]),
                    allocated_bytes_per_step = Math.Round(allocated[i]),
                }),
            }));
        });
        return command;
    }

    private static async Task<(double Seconds, double Processor, long Allocated)> RoundAsync(string store, IPayloadCodec[] codecs, int runs, int steps, int inflight)
    {
        using var scratch = new Scratch();
        await using var host = await BenchmarkHost.StartAsync(store, scratch, inflight, codecs);
        await ThroughputCommand.MeasureAsync(host.Client, "warm", Math.Max(1, runs / 10), steps, inflight);
        var before = GC.GetTotalAllocatedBytes();
        var used = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        await ThroughputCommand.MeasureAsync(host.Client, "run", runs, steps, inflight);
        return (clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds, GC.GetTotalAllocatedBytes() - before);
    }

    private static AesGcmPayloadCodec Cipher() => new(PayloadKeys.Read(new ConfigurationBuilder()
        .AddInMemoryCollection([new("K:Current", "benchmark"), new("K:Keys:benchmark", Convert.ToBase64String(new byte[32]))]).Build().GetSection("K")));

    private static double Ratio(double[] mine, double[] none) => Math.Round(Median([.. mine.Zip(none, static (mine, none) => mine / none)]), 3);

    private static double Median(double[] figures) => figures.Order().ElementAt(figures.Length / 2);
}
