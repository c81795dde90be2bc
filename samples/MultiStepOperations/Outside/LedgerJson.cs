using System.Text.Json;
using System.Text.Json.Serialization;

namespace MultiStepOperations;

/// <summary>How lines of the ledger are read and written. What the workflows store needs no such list.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UseStringEnumConverter = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LedgerLine))]
internal sealed partial class LedgerJson : JsonSerializerContext;
