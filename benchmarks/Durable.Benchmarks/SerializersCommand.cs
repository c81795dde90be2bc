using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Durable.Benchmarks.Payloads;
using Durable.CompilerServices;

namespace Durable.Benchmarks;

/// <summary>
/// <c>serializers</c>: what Durable generates beside System.Text.Json's generator as it comes, the same with Durable's check for missing arguments (<c>checked</c>: the like for like of reading), and reflection. All of them in one process, in turns;
/// a ratio is the median of the ratios within each round.
/// </summary>
internal static class SerializersCommand
{
    public static Command Create()
    {
        var load = new LoadOptions();
        var rounds = new Option<int>("--rounds") { Description = "How often each is measured.", DefaultValueFactory = _ => 61 };
        var command = new Command("serializers", "Writing and reading of three payloads, compared with System.Text.Json.") { rounds, load.Json };
        command.SetAction(arguments =>
        {
            var count = arguments.GetRequiredValue(rounds);
#pragma warning disable CS0612 // Marked as obsolete so that what it calls may be; it is generated for the generator's own use, and is what is measured here.
            Measure("small", Charged.Example, Generated.Durable.Benchmarks.DurablePayloads.Durable_Benchmarks_Payloads_Charged, PayloadJson.Default.Charged, CheckedPayloadJson.Default.Charged, count);
            Measure("medium", Purchase.Example, Generated.Durable.Benchmarks.DurablePayloads.Durable_Benchmarks_Payloads_Purchase, PayloadJson.Default.Purchase, CheckedPayloadJson.Default.Purchase, count);
            Measure("large", Inventory.Example, Generated.Durable.Benchmarks.DurablePayloads.Durable_Benchmarks_Payloads_Inventory, PayloadJson.Default.Inventory, CheckedPayloadJson.Default.Inventory, count);
#pragma warning restore CS0612
        });
        return command;
    }

    private static void Measure<T>(string payload, T value, PayloadType<T> type, JsonTypeInfo<T> generated, JsonTypeInfo<T> generatedChecked, int rounds)
    {
        // What a payload costs beyond these calls is a comparison of its length with the limit.
        var ours = type.Json!;
        var reflection = (JsonTypeInfo<T>)new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() }.GetTypeInfo(typeof(T));
        JsonTypeInfo<T>[] contenders = [ours, generated, generatedChecked, reflection];
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, ours);
        if (contenders.Any(contender => !JsonSerializer.SerializeToUtf8Bytes(value, contender).AsSpan().SequenceEqual(bytes)))
            throw new InvalidOperationException($"The {payload} payload is not written alike by all.");

        Print(payload, "write", bytes.Length, Race.Run(contenders.Skip(1).Select(contender => (Action)(() => JsonSerializer.SerializeToUtf8Bytes(value, contender))).Prepend(() => type.Write(value)), rounds));
        Print(payload, "read", bytes.Length, Race.Run(contenders.Select(contender => (Action)(() => JsonSerializer.Deserialize(bytes, contender))), rounds));
    }

    private static void Print(string payload, string operation, int bytes, Race race)
        => Console.WriteLine(JsonSerializer.Serialize(new
        {
            benchmark = "serializers",
            payload,
            operation,
            bytes,
            rounds = race.Rounds,
            durable_ns = race.Nanoseconds(0),
            generator_ns = race.Nanoseconds(1),
            checked_ns = race.Nanoseconds(2),
            reflection_ns = race.Nanoseconds(3),
            time_to_generator = race.TimeRatio(0, 1),
            time_to_checked = race.TimeRatio(0, 2),
            reflection_time_to_generator = race.TimeRatio(3, 1),
            durable_allocated = race.Allocated(0),
            generator_allocated = race.Allocated(1),
            checked_allocated = race.Allocated(2),
            reflection_allocated = race.Allocated(3),
            allocated_to_generator = race.AllocatedRatio(0, 1),
            allocated_to_checked = race.AllocatedRatio(0, 2),
            reflection_allocated_to_generator = race.AllocatedRatio(3, 1),
        }));
}
