using Durable.Analyzers.Tests.Fixing;
using Durable.CodeFixes.Payloads;

namespace Durable.Analyzers.Tests.Payloads;

public sealed class NameInContextTests
{
    // In a build, System.Text.Json writes these.
    private const string Rest = "{ public static ShopJson Default { get; } = new(); private ShopJson() : base(null) { } protected override JsonSerializerOptions? GeneratedSerializerOptions => null; public override JsonTypeInfo? GetTypeInfo(Type type) => null; }";

    [Fact]
    public Task Types_are_named_in_the_context_which_is_registered_where_it_stands() => FixTest.Fixes(
        new NameInContext(), "DUR5001",
        $$"""
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Text.Json.Serialization.Metadata;
        using Durable;

        // What the shop sells.
        [JsonSerializable(typeof(string))]
        internal sealed partial class ShopJson : JsonSerializerContext {{Rest}}

        public sealed class Basket : List<string>;

        public sealed class Sizes : Queue<int>;

        public sealed record Open(int A) { [JsonExtensionData] public Dictionary<string, JsonElement>? More { get; set; } }

        public partial class Shopping
        {
            [Step] private partial Task<Sizes> BuyAsync(Dictionary<string, Basket> baskets, Basket[] more, Open open);
            private Sizes BuyAsyncCore(Dictionary<string, Basket> baskets, Basket[] more, Open open) => new();
        }
        """,
        $$"""
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Text.Json.Serialization.Metadata;
        using Durable;

        [assembly: DurableJsonContext(typeof(ShopJson))]

        // What the shop sells.
        [JsonSerializable(typeof(string))]
        [JsonSerializable(typeof(Sizes))]
        [JsonSerializable(typeof(Basket))]
        [JsonSerializable(typeof(Open))]
        internal sealed partial class ShopJson : JsonSerializerContext {{Rest}}

        public sealed class Basket : List<string>;

        public sealed class Sizes : Queue<int>;

        public sealed record Open(int A) { [JsonExtensionData] public Dictionary<string, JsonElement>? More { get; set; } }

        public partial class Shopping
        {
            [Step] private partial Task<Sizes> BuyAsync(Dictionary<string, Basket> baskets, Basket[] more, Open open);
            private Sizes BuyAsyncCore(Dictionary<string, Basket> baskets, Basket[] more, Open open) => new();
        }
        """);

    [Fact]
    public Task A_context_in_another_file_that_names_nothing_yet_is_taken() => FixTest.Fixes(
        new NameInContext(), "DUR5001",
        [
            """
            using Durable;

            public sealed class Basket : List<string>;

            public partial class Shopping
            {
                [Workflow] public partial Task<int> BuyAsync();
                private async Task<int> BuyAsyncCore(WorkflowContext workflow) => (await workflow.StepAsync("fill", _ => Task.FromResult(new Basket()))).Count;
            }
            """,
            $$"""
            using System.Text.Json;
            using System.Text.Json.Serialization;
            using System.Text.Json.Serialization.Metadata;
            using Durable;

            internal sealed partial class ShopJson : JsonSerializerContext {{Rest}}
            """,
        ],
        [
            """
            using Durable;

            public sealed class Basket : List<string>;

            public partial class Shopping
            {
                [Workflow] public partial Task<int> BuyAsync();
                private async Task<int> BuyAsyncCore(WorkflowContext workflow) => (await workflow.StepAsync("fill", _ => Task.FromResult(new Basket()))).Count;
            }
            """,
            $$"""
            using System.Text.Json;
            using System.Text.Json.Serialization;
            using System.Text.Json.Serialization.Metadata;
            using Durable;

            [assembly: DurableJsonContext(typeof(ShopJson))]

            [JsonSerializable(typeof(Basket))]
            internal sealed partial class ShopJson : JsonSerializerContext {{Rest}}
            """,
        ]);

    [Fact]
    public Task A_registered_context_with_a_converter_for_it_takes_an_interface() => FixTest.Fixes(
        new NameInContext(), "DUR5001",
        $$"""
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Text.Json.Serialization.Metadata;
        using Durable;

        [assembly: DurableJsonContext(typeof(ShopJson))]

        [JsonSourceGenerationOptions(Converters = [typeof(TagConverter)])]
        [JsonSerializable(typeof(string))]
        internal sealed partial class ShopJson : JsonSerializerContext {{Rest}}

        public interface ITag { }

        public sealed class TagConverter : JsonConverter<ITag>
        {
            public override ITag? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => null;
            public override void Write(Utf8JsonWriter writer, ITag value, JsonSerializerOptions options) => writer.WriteNullValue();
        }

        public partial class Tagging { [Step] private partial Task TagAsync(ITag tag); private void TagAsyncCore(ITag tag) { } }
        """,
        $$"""
        using System.Text.Json;
        using System.Text.Json.Serialization;
        using System.Text.Json.Serialization.Metadata;
        using Durable;

        [assembly: DurableJsonContext(typeof(ShopJson))]

        [JsonSourceGenerationOptions(Converters = [typeof(TagConverter)])]
        [JsonSerializable(typeof(string))]
        [JsonSerializable(typeof(ITag))]
        internal sealed partial class ShopJson : JsonSerializerContext {{Rest}}

        public interface ITag { }

        public sealed class TagConverter : JsonConverter<ITag>
        {
            public override ITag? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => null;
            public override void Write(Utf8JsonWriter writer, ITag value, JsonSerializerOptions options) => writer.WriteNullValue();
        }

        public partial class Tagging { [Step] private partial Task TagAsync(ITag tag); private void TagAsyncCore(ITag tag) { } }
        """);

    [Theory]
    [InlineData("Stream", "internal sealed partial class ShopJson : JsonSerializerContext " + Rest)]
    [InlineData("object", "internal sealed partial class ShopJson : JsonSerializerContext " + Rest)]
    [InlineData("Stack<int>", "internal sealed partial class ShopJson : JsonSerializerContext " + Rest)]
    [InlineData("ITag", "public interface ITag; internal sealed partial class ShopJson : JsonSerializerContext " + Rest)]
    [InlineData("Basket", "public sealed class Basket : List<int>;")]
    [InlineData("Basket", "public sealed class Basket : List<int>; public partial class ShopJson<T>() : JsonSerializerContext(null) { protected override JsonSerializerOptions? GeneratedSerializerOptions => null; public override JsonTypeInfo? GetTypeInfo(Type type) => null; }")]
    [InlineData("Basket", "public sealed class Basket : List<int>; internal class ShopJson() : JsonSerializerContext(null) { protected override JsonSerializerOptions? GeneratedSerializerOptions => null; public override JsonTypeInfo? GetTypeInfo(Type type) => null; }")]
    public Task Where_no_context_would_help_nothing_is_offered(string type, string declarations) => FixTest.Offers_nothing(
        new NameInContext(), "DUR5001",
        $"using System.Text.Json; using System.Text.Json.Serialization; using System.Text.Json.Serialization.Metadata; using Durable; public partial class Shopping {{ [Step] private partial Task BuyAsync({type} basket); private void BuyAsyncCore({type} basket) {{ }} }} {declarations}");
}
