using System.Text.RegularExpressions;
using Durable.TestKit;

namespace Durable.Generators.Tests.Pipeline;

/// <summary>What the README shows is what compiles.</summary>
public sealed partial class ReadmeTests
{
    // What the README's readers would have: their own services and payloads, a host and a client.
    private const string Surroundings = """
        public interface IPayments { Task<Charge> ChargeAsync(string orderId, decimal amount, Guid token); }
        public interface IMailer { Task SendAsync(string email); }
        public interface IOrders { Task SaveAsync(string orderId, string chargeId); }
        public sealed record Order(string Id, decimal Amount, string Email);
        public sealed record Charge(string Id);
        public sealed record Receipt(string OrderId, string ChargeId);
        public sealed class Builder { public Microsoft.Extensions.DependencyInjection.IServiceCollection Services => throw new NotSupportedException(); }
        public static class Sqlite { public static DurableBuilder UseSqlite(this DurableBuilder durable, string path) => durable; }

        """;

    [Fact]
    public void The_code_compiles_without_a_diagnostic()
    {
        var readme = Repository.Read("README.md");
        var code = FirstBlock().Match(readme).Groups["code"].Value.Replace("using Durable;\n", "");
        var usage = code.IndexOf("builder.Services", StringComparison.Ordinal);
        Assert.True(usage > 0);
        Generation.Of($$"""
            {{Surroundings}}
            {{code[..usage]}}
            public static class Usage
            {
                public static async Task<Receipt> RunAsync(Builder builder, IDurableClient client, Order order)
                {
                    {{code[usage..]}}
                    return receipt;
                }
            }
            """).Compiles();
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex FirstBlock();
}
