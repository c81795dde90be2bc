using System.Text.Json;
using System.Text.Json.Serialization;

namespace Approval;

/// <summary>How the question of a request is read for the list. What the workflow stores needs no such list.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RefundQuestion))]
internal sealed partial class QuestionJson : JsonSerializerContext;
