using Durable.Analyzers.Payloads;
using Durable.TestKit;

namespace Durable.Analyzers.Tests.Payloads;

public sealed class PayloadSerializerTests
{
    private const string Fit = "public sealed class Fit : PayloadSerializer<Order> { public override void Write(Order value, IBufferWriter<byte> payload) { } public override Order Read(ReadOnlySpan<byte> payload) => new(); }";

    [Theory]
    [InlineData("Order", "", "is no serializer")]
    [InlineData("string", "", "is no serializer")]
    [InlineData("PayloadSerializer<Order>", "", "is abstract")]
    [InlineData("Bad", "public abstract class Bad : PayloadSerializer<Order>;", "is abstract")]
    [InlineData("Bad<>", "public abstract class Bad<T> : PayloadSerializer<T>;", "is generic")]
    [InlineData("Outer<int>.Bad", "public class Outer<T> { public sealed class Bad() : Base<Order>; }", null)]
    [InlineData("Bad", "public sealed class Bad : Base<Parcel>;", "stores 'Parcel', and what stands here is 'Order'")]
    [InlineData("Bad", "public sealed class Bad : Base<List<Order>>;", "stores 'List<Order>'")]
    [InlineData("Bad", "public sealed class Bad(int size) : Base<Order> { public int Size => size; }", "has no constructor without parameters")]
    [InlineData("Bad", "public sealed class Bad : Base<Order> { private Bad() { } }", "has no constructor without parameters")]
    [InlineData("Bad", "public sealed class Bad : Base<Order> { public required int Size { get; init; } }", "has no constructor without parameters")]
    [InlineData("Bad", "file sealed class Bad : Base<Order>;", "cannot be named")]
    [InlineData("Bad", "[Obsolete(\"no\", true)] public sealed class Bad : Base<Order>;", "is obsolete as an error")]
    [InlineData("Good", "internal sealed class Good : Base<Order> { public Good(int size = 1) { } internal Good() : this(2) { } }", null)]
    [InlineData("Fit", "", null)]
    public async Task The_serializer_of_a_result_or_type_fits_it_and_can_be_made(string serializer, string declaration, string? reason)
    {
        await Check($"public partial class Shop {{ [Step, PayloadSerializer([|typeof({serializer})|])] private partial Task<Order> FindAsync(); Order FindAsyncCore() => new(); }} public sealed record Order; {declaration}", reason);
        await Check($"[PayloadSerializer([|typeof({serializer})|])] public sealed record Order; {declaration}", reason);
    }

    [Theory]
    [InlineData("[Step, PayloadSerializer([|typeof(Fit)|])] private partial Task FindAsync(); void FindAsyncCore() { }", "'FindAsync', which has no result")]
    [InlineData("[PayloadSerializer([|typeof(Fit)|])] public Order Find() => new();", "'Find', which is no workflow or step")]
    [InlineData("[Step] private partial Task<Order> FindAsync(); [PayloadSerializer([|typeof(Fit)|])] Order FindAsyncCore() => new();", "'FindAsyncCore', which is no workflow or step")]
    [InlineData("[Workflow, PayloadSerializer(typeof(Fit)), PayloadSerializer([|typeof(Fit)|])] public partial Task<Order> FindAsync(); Order FindAsyncCore() => new();", "is the second here")]
    [InlineData("[Workflow, PayloadSerializer(typeof(Own))] public partial Task<Order?> FindAsync(); Order? FindAsyncCore() => null; private sealed class Own : Base<Order>;", null)]
    [InlineData("[Step, PayloadSerializer(typeof(Own))] private partial ValueTask<(int A, Stream B)> FindAsync(); (int, Stream) FindAsyncCore() => default; private sealed class Own : Base<(int, Stream)>;", null)]
    public Task A_serializer_of_a_result_stands_on_the_declaration_that_has_it(string members, string? reason)
        => Check($"public partial class Shop {{ {members} }} public sealed record Order; {Fit}", reason);

    [Theory]
    [InlineData("[|typeof(Fit)|]", "[|typeof(Twin)|]", "public sealed class Twin : Base<Order>;", "stores 'Order', for which '")]
    [InlineData("typeof(Fit)", "[|typeof(Far)|]", "public sealed class Far : Base<int?>;", "stores 'int?': derive it from PayloadSerializer<int>")]
    [InlineData("typeof(Fit)", "[|typeof(Far<>)|]", "public sealed class Far<T> : Base<T>;", "is generic")]
    [InlineData("typeof(Fit)", "typeof(Far)", "public sealed class Far : Base<Uri>;", null)]
    public Task An_assembly_names_one_serializer_for_a_type(string one, string other, string declaration, string? reason)
        => Check($"[assembly: PayloadSerializer({one})] [assembly: PayloadSerializer({other})] public sealed record Order; {declaration} {Fit}", reason);

    [Fact]
    public Task Types_with_a_serializer_are_not_looked_into() => RuleTest.Silent(new PayloadAnalyzer(), $$"""
        using System.Buffers; using Durable;
        [assembly: PayloadSerializer(typeof(StreamSerializer))]
        public partial class Shop
        {
            [Workflow] public partial Task<Stream> RunAsync(Order order, Dictionary<Order, Stream?> streams);
            Stream RunAsyncCore(Order order, Dictionary<Order, Stream?> streams) => order.Stream;
            [Step, PayloadSerializer(typeof(ActionSerializer))] private partial Task<Action> ActAsync();
            Action ActAsyncCore() => () => { };
        }
        [PayloadSerializer(typeof(Fit))] public sealed class Order { public Stream Stream { get; } = Stream.Null; public Action? Done; }
        public sealed class StreamSerializer : Base<Stream>;
        public sealed class ActionSerializer : Base<Action>;
        {{Base}} {{Fit}}
        """);

    private const string Base = "public abstract class Base<T> : PayloadSerializer<T> { public override void Write(T value, IBufferWriter<byte> payload) { } public override T Read(ReadOnlySpan<byte> payload) => throw new FormatException(); }";

    private static Task Check(string source, string? reason)
    {
        source = $"using System.Buffers; using Durable; {source} {(source.Contains(Fit, StringComparison.Ordinal) ? "" : Fit)} {Base}";
        return reason is null
            ? RuleTest.Silent(new PayloadSerializerAnalyzer(), source.Replace("[|", "", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal))
            : RuleTest.Reports(new PayloadSerializerAnalyzer(), "DUR5007", source, reason);
    }
}
