using System.Text.Json.Serialization;

namespace Durable.Benchmarks.Payloads;

/// <summary>The library's generator as it comes: with a direct path for writing beside its contracts.</summary>
[JsonSerializable(typeof(Charged))]
[JsonSerializable(typeof(Purchase))]
[JsonSerializable(typeof(Inventory))]
internal sealed partial class PayloadJson : JsonSerializerContext;

/// <summary>The library's generator with the settings of Durable: contracts only, and a member that is missing and has no default is an error, which costs a bit set for each object that is read.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Charged))]
[JsonSerializable(typeof(Purchase))]
[JsonSerializable(typeof(Inventory))]
internal sealed partial class StrictPayloadJson : JsonSerializerContext;
