using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Durable;

[assembly: DurableJsonContext(typeof(ShopJson))]
[assembly: DurableJsonContext(typeof(Shop.Own))]

public static partial class Shop
{
    [Workflow] public static partial Task<Basket> BuyAsync(Basket basket, ReadOnlyMemory<int> sizes, Tone? tone = null);
    [Step] private static partial Task<Hidden> CountAsync(Dictionary<string, Basket[]> baskets, ITag tag);

    private static async Task<Basket> BuyAsyncCore(Basket basket, ReadOnlyMemory<int> sizes, Tone? tone, WorkflowContext workflow)
    {
        await CountAsync(new() { ["a"] = [basket] }, null!);
        return (await workflow.StepAsync("all", _ => Task.FromResult(new[] { basket })))[0];
    }

    private static Hidden CountAsyncCore(Dictionary<string, Basket[]> baskets, ITag tag) => new(baskets["a"][0], tag);

    private sealed record Hidden(Basket Basket, ITag Tag);

    [JsonSourceGenerationOptions(Converters = [typeof(TagConverter)])]
    [JsonSerializable(typeof(ITag)), JsonSerializable(typeof(Tone))]
    internal sealed class Own() : ShopJson(1) { public static new Own Default { get; } = new(); }
}

[JsonSerializable(typeof(Basket)), JsonSerializable(typeof(ReadOnlyMemory<int>), TypeInfoPropertyName = "Sizes")]
internal partial class ShopJson(int one) : JsonSerializerContext(null)
{
    public static ShopJson Default { get; } = new(one: 1);
    protected override JsonSerializerOptions? GeneratedSerializerOptions => null;
    public override JsonTypeInfo? GetTypeInfo(Type type) => one == 1 ? null : throw new NotSupportedException();
}

public sealed class Basket : List<Tone>;

public enum Tone { Loud, Soft }

public interface ITag { string Text { get; } }

public sealed class TagConverter : JsonConverter<ITag>
{
    public override ITag? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => null;
    public override void Write(Utf8JsonWriter writer, ITag value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
