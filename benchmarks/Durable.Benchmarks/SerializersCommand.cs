using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Durable.Benchmarks.Payloads;

namespace Durable.Benchmarks;

/// <summary>
/// <c>serializers</c>: the contracts that Durable generates beside System.Text.Json's generator as it comes, its generator with the settings of Durable (<c>alike</c>), and reflection. All of them in one process, in turns;
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
            Measure("small", Charged.Example, PayloadJson.Default.Charged, StrictPayloadJson.Default.Charged, count);
            Measure("medium", Purchase.Example, PayloadJson.Default.Purchase, StrictPayloadJson.Default.Purchase, count);
            Measure("large", Inventory.Example, PayloadJson.Default.Inventory, StrictPayloadJson.Default.Inventory, count);
        });
        return command;
    }

    private static void Measure<T>(string payload, T value, JsonTypeInfo<T> generated, JsonTypeInfo<T> alike, int rounds)
    {
        // What a payload costs beyond this call is a comparison of its length with the limit.
#pragma warning disable CS0612 // Marked as obsolete so that what it calls may be; it is generated for the generator's own use, and is what is measured here.
        var ours = Generated.Durable.Benchmarks.DurableJson.TypeInfo<T>();
#pragma warning restore CS0612
        var reflection = (JsonTypeInfo<T>)new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() }.GetTypeInfo(typeof(T));
        JsonTypeInfo<T>[] contenders = [ours, generated, alike, reflection];
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, ours);
        if (contenders.Any(contender => !JsonSerializer.SerializeToUtf8Bytes(value, contender).AsSpan().SequenceEqual(bytes)))
            throw new InvalidOperationException($"The {payload} payload is not written alike by all.");

        Print(payload, "write", bytes.Length, Race.Run(contenders.Select(contender => (Action)(() => JsonSerializer.SerializeToUtf8Bytes(value, contender))), rounds));
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
            alike_ns = race.Nanoseconds(2),
            reflection_ns = race.Nanoseconds(3),
            time_to_generator = race.TimeRatio(0, 1),
            time_to_alike = race.TimeRatio(0, 2),
            reflection_time_to_generator = race.TimeRatio(3, 1),
            durable_allocated = race.Allocated(0),
            generator_allocated = race.Allocated(1),
            alike_allocated = race.Allocated(2),
            reflection_allocated = race.Allocated(3),
            allocated_to_generator = race.AllocatedRatio(0, 1),
            allocated_to_alike = race.AllocatedRatio(0, 2),
            reflection_allocated_to_generator = race.AllocatedRatio(3, 1),
        }));
}
