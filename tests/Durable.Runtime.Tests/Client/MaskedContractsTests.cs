using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Durable.CompilerServices;

namespace Durable.Runtime.Tests.Client;

/// <summary>Contracts that the generator did not write are masked by the attributes that their members carry.</summary>
public sealed partial class MaskedContractsTests
{
    [Fact]
    public void Contracts_of_a_context_are_masked_by_the_attributes_of_members_parameters_and_overridden_members()
        => Assert.Equal("""{"Number":"***","Text":"***","Other":{"Pin":"***","Kept":1}}""", Shown(ContractsOfContext.Default.Card, """{"Number":"hunter2","Text":"hunter2","Other":{"Pin":4711,"Kept":1}}"""));

    [Fact]
    public void So_are_those_made_by_reflection()
        => Assert.Equal(
            """{"Number":"***","Text":"***","Other":{"Pin":"***","Kept":1}}""",
            Shown((JsonTypeInfo<Card>)new JsonSerializerOptions { TypeInfoResolver = new DefaultJsonTypeInfoResolver() }.GetTypeInfo(typeof(Card)), """{"Number":"hunter2","Text":"hunter2","Other":{"Pin":4711,"Kept":1}}"""));

    private static string Shown(JsonTypeInfo<Card> contract, string stored)
    {
        var shown = new PayloadType<Card>(contract) { HoldsSensitive = true }.Show(System.Text.Encoding.UTF8.GetBytes(stored));
        Assert.Null(shown.Withheld);
        return System.Text.Encoding.UTF8.GetString(shown.Payload.Span);
    }

    internal class Base
    {
        [Sensitive]
        public virtual string Text { get; init; } = "";
    }

    internal sealed class Card([Sensitive] string number, Inner other) : Base
    {
        [JsonPropertyOrder(-2)]
        public string Number { get; } = number;

        [JsonPropertyOrder(-1)]
        public override string Text { get; init; } = "";

        public Inner Other { get; } = other;
    }

    internal sealed record Inner([property: Sensitive] int Pin, int Kept);

    [JsonSerializable(typeof(Card))]
    internal sealed partial class ContractsOfContext : JsonSerializerContext;
}
