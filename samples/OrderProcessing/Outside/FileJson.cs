using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrderProcessing;

/// <summary>How this program's own files are read and written. What the workflows store needs no such list.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(List<Order>))]
[JsonSerializable(typeof(LedgerLine))]
internal sealed partial class FileJson : JsonSerializerContext;
