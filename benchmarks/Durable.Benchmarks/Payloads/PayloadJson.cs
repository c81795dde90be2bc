using System.Text.Json.Serialization;

namespace Durable.Benchmarks.Payloads;

/// <summary>The library's generator as it comes: with a direct path for writing beside its contracts.</summary>
[JsonSerializable(typeof(Charged))]
[JsonSerializable(typeof(Purchase))]
[JsonSerializable(typeof(Inventory))]
internal sealed partial class PayloadJson : JsonSerializerContext;

/// <summary>The same, where a stored value that lacks an argument of its constructor is an error and not a zero, as it is for Durable. That costs a bit set for each object that is read.</summary>
[JsonSourceGenerationOptions(RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Charged))]
[JsonSerializable(typeof(Purchase))]
[JsonSerializable(typeof(Inventory))]
internal sealed partial class CheckedPayloadJson : JsonSerializerContext;
