using System.Text;
using System.Text.RegularExpressions;
using Durable.TestKit;

namespace Durable.Generators.Tests.Payloads;

/// <summary>The code in docs/guide/payloads.md compiles, and reads what it says that it reads.</summary>
public sealed partial class PayloadGuideTests
{
    [Fact]
    public void The_type_that_the_guide_shows_reads_what_was_stored_before_it_was_changed()
    {
        var code = Code("record Order");
        var order = StoredForm.Of(PayloadSample.Build($"public static class Sample {{ public static Order Value => default!; }}\n{code}"));
        var stored = """{"Id":"o-1","Amount":12.50}"""u8;
        Assert.Equal("""{"Id":"o-1","Amount":12.50,"Currency":"EUR","Tags":[]}""", Encoding.UTF8.GetString(order.Write(order.Read(stored))));
    }

    [Fact]
    public void The_context_that_the_guide_shows_stores_what_it_names()
    {
        var assembly = Generation.WithContexts($$"""
            {{Code("class ShopJson")}}
            public static partial class User
            {
                [Workflow] public static partial Task BuyAsync(Basket basket);
                private static void BuyAsyncCore(Basket basket) { }
                public static WorkflowCall Start() => BuyCall([new("a", 2)]);
            }
            """).Compiles().Load();
        Assert.Equal("""{"basket":[{"Sku":"a","Count":2}]}""", Encoding.UTF8.GetString(Pipeline.GeneratedHost.Call(assembly, "User", "Start").Input.Span));
    }

    [Fact]
    public async Task The_serializer_that_the_guide_shows_stores_results_and_arguments()
    {
        await using var watched = await Sensitive.WatchedRun.OfAsync($$"""
            using System.Buffers;
            {{Code("class AddressSerializer")}}
            public static class User { public static WorkflowCall Start() => RoutingWorkflow.RouteCall([System.Net.IPAddress.Parse("1.2.3.4")]); }
            """);
        await watched.Run.GetResultAsync();
        Assert.Equal("""{"hops":["AQIDBA=="]}""", await watched.ShownAsync("input"));
        Assert.Equal([1, 2, 3, 4], (await watched.Run.GetCheckpointsAsync())[0].Result.ToArray());
    }

    [Fact]
    public async Task The_workflow_that_the_guide_shows_with_sensitive_values_shows_none()
    {
        await using var watched = await Sensitive.WatchedRun.OfAsync($$"""
            {{Code("record Card")}}
            public static class User { public static WorkflowCall Start() => CheckoutWorkflow.PayCall("o-1", new("hunter2", "visa"), "hunter2@example.org"); }
            """);
        Assert.Equal("""{"orderId":"o-1","card":{"Number":"***","Brand":"visa"},"email":"***"}""", await watched.ShownAsync("input"));
        Assert.Equal("\"***\"", await watched.ShownAsync("result", checkpoint: 0));
        await watched.AssertNowhereAsync("hunter2");
    }

    private static string Code(string part)
        => Assert.Single(Block().Matches(Repository.Read("docs/guide/payloads.md")).Select(match => match.Groups["code"].Value), code => code.Contains(part, StringComparison.Ordinal));

    [GeneratedRegex("```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Block();
}
