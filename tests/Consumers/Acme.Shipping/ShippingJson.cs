using System.Text.Json.Serialization;
using Acme.Notices;
using Durable;

[assembly: DurableJsonContext(typeof(Acme.Shipping.ShippingJson))]

namespace Acme.Shipping;

[JsonSerializable(typeof(Bundle))]
internal sealed partial class ShippingJson : JsonSerializerContext;
