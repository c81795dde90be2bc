using System.Text.Json.Serialization;
using Durable;

[assembly: DurableJsonContext(typeof(Acme.Notices.NoticesJson))]

namespace Acme.Notices;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Bundle))]
internal sealed partial class NoticesJson : JsonSerializerContext;
