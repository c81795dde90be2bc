namespace Durable.Generators.Tests.Pipeline;

/// <summary>Types that can be named only within the type that declares a workflow or step are stored as others are.</summary>
public sealed class PrivatePayloadTests
{
    [Fact]
    public async Task Steps_take_and_return_private_types_of_every_shape()
        => Assert.Equal(("Large sku 0 b Firm 2.50 kept", "/Sizes /Do[Large]"), await ReplayedRun.OfAsync("""
            public class Post
            {
                protected sealed record Note(string Text);
                protected enum Tone { Kind, Firm }
            }

            public sealed partial class User : Post
            {
                [Workflow] public partial Task<string> RunAsync(int times);
                [Step] private static partial ValueTask<Size[]> SizesAsync(Note? note, [NotFingerprinted] Price? price);
                [Step] private partial Task<Outcome> DoAsync([StepKey] Size size, List<Order> orders, Dictionary<string, Note> notes, Price price = default);

                private async Task<string> RunAsyncCore(int times)
                {
                    var sizes = await SizesAsync(new Note("n"), null);
                    var order = new Order([new("sku")], new Price(2.50m));
                    var outcome = await DoAsync(sizes[1], [order, order with { Items = [] }], new() { ["a"] = new("b") });
                    return $"{outcome.Text} {outcome.Price?.Amount} {outcome.Hidden}";
                }

                private static Size[] SizesAsyncCore(Note? note, Price? price) => [Size.Small, Size.Large];

                private Outcome DoAsyncCore(Size size, List<Order> orders, Dictionary<string, Note> notes, Price price)
                    => new() { Text = $"{size} {orders[0].Items[0].Sku} {orders[1].Items.Count} {notes["a"].Text} {orders[0].Tone}", Price = new(orders[0].Price.Amount) };

                private enum Size { Small, Large }
                private readonly record struct Price(decimal Amount);
                private sealed record Order(IReadOnlyList<Order.Item> Items, Price Price, Tone Tone = Tone.Firm) { internal sealed record Item(string Sku, Size Size = Size.Large); }

                private sealed record Outcome
                {
                    public required string Text { get; init; }
                    public Price? Price { get; init; }
                    [System.Text.Json.Serialization.JsonInclude] internal string Hidden { get; private set; } = "kept";
                }

                public static WorkflowCall<string> Start() => RunCall(2);
            }
            """));

    [Fact]
    public async Task A_workflow_takes_a_private_type_and_a_missing_member_keeps_its_default()
    {
        var assembly = Generation.Of("""
            public static partial class User
            {
                private sealed record Order(string Id) { public int Count { get; init; } = 3; }
                [Workflow] private static partial Task<string> RunAsync(Order order, string note = "none");
                private static Task<string> RunAsyncCore(Order order, string note) => Task.FromResult($"{order.Id} {order.Count} {note}");
                public static WorkflowCall<string> Start() => RunCall(new Order("a"));
            }
            """).Compiles().Load();
        var call = (WorkflowCall<string>)GeneratedHost.Call(assembly, "User", "Start");
        Assert.Equal("""{"order":{"Id":"a","Count":3},"note":"none"}""", System.Text.Encoding.UTF8.GetString(call.Input.Span));
        await using var host = await GeneratedHost.StartAsync(assembly);
        Assert.Equal("a 3 none", await host.Client.RunAsync(call));
    }

    [Fact]
    public async Task Types_within_share_the_private_types_around_them()
        => Assert.Equal(("1 3", "/Outer.Inner.Make /Outer.Other.Make"), await ReplayedRun.OfAsync("""
            public partial class Outer
            {
                private sealed record Part(int Id);
                internal sealed partial class Inner
                {
                    [Step] private partial Task<Part> MakeAsync(Part part);
                    private Part MakeAsyncCore(Part part) => part;
                    internal async Task<int> CallAsync(int id) => (await MakeAsync(new Part(id))).Id;
                }
                internal sealed partial class Other
                {
                    [Step] private partial Task<List<Part>> MakeAsync(Part part);
                    private List<Part> MakeAsyncCore(Part part) => [part with { Id = part.Id + 1 }];
                    internal async Task<int> CallAsync(int id) => (await MakeAsync(new Part(id)))[0].Id;
                }
            }
            internal sealed partial class User(Outer.Inner inner, Outer.Other other)
            {
                [Workflow] public partial Task<string> RunAsync();
                private async Task<string> RunAsyncCore() => $"{await inner.CallAsync(1)} {await other.CallAsync(2)}";
                public static WorkflowCall<string> Start() => RunCall();
            }
            """));
}
