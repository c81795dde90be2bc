using Durable.Execution;

namespace Durable.Runtime.Tests.Identity;

/// <summary>The text form of a step id, which is stored and compared for years.</summary>
public sealed class StepIdTests
{
    [Theory]
    [InlineData("", "Charge", null, 0, "/Charge")]
    [InlineData("", "Charge", "order-17", 0, "/Charge[order-17]")]
    [InlineData("", "Charge", "", 0, "/Charge[]")]
    [InlineData("", "Charge", null, 2, "/Charge#2")]
    [InlineData("/branch#1", "Charge", "k", 3, "/branch#1/Charge[k]#3")]
    [InlineData("", "a/b", "[x]#1%", 0, "/a%2Fb[%5Bx%5D%231%25]")]
    public void The_form_is_scope_name_key_ordinal(string scope, string name, string? key, int ordinal, string text)
        => Assert.Equal(text, new StepId(scope, name, key, ordinal).ToString());

    [Fact]
    public void Every_id_is_read_back_as_it_was_written()
    {
        const int seed = 20300101;
        var random = new Random(seed);
        for (var i = 0; i < 5_000; i++)
        {
            var id = new StepId(Scope(random), Hostile(random, 1), random.Next(3) == 0 ? null : Hostile(random, 0), random.Next(4));
            Assert.True(id == StepId.Parse(id.ToString()), $"Seed {seed}, round {i}: {id}");
        }
    }

    [Fact]
    public void Different_ids_have_different_texts()
    {
        const int seed = 20300102;
        var random = new Random(seed);
        var texts = new Dictionary<string, StepId>();
        for (var i = 0; i < 5_000; i++)
        {
            var id = new StepId(Scope(random), Hostile(random, 1), random.Next(3) == 0 ? null : Hostile(random, 0), random.Next(4));
            if (!texts.TryAdd(id.ToString(), id))
                Assert.True(texts[id.ToString()] == id, $"Seed {seed}, round {i}: {id}");
        }
    }

    [Fact]
    public void A_key_of_a_hundred_characters_stays_as_it_is()
    {
        var key = new string('k', 100);
        Assert.Equal(key, StepId.Shorten(key));
    }

    [Fact]
    public void A_longer_key_is_replaced_by_its_hash()
        => Assert.Equal("sha256:dec651a2cfdb388ffb5e01b69d4d79971b0a7af493a0865bb40784c545621354", StepId.Shorten(new string('k', 101)));

    [Fact]
    public void No_key_stays_none() => Assert.Null(StepId.Shorten(null));

    private static string Scope(Random random)
    {
        var scope = "";
        for (var depth = random.Next(3); depth > 0; depth--)
            scope = StepId.WithOrdinal(StepId.Call(scope, Hostile(random, 1), null), random.Next(3));
        return scope;
    }

    private static string Hostile(Random random, int minLength)
        => new(random.GetItems("/[]#%%2F5Bab0 \t\u0000é漢\\\"'".AsSpan(), random.Next(minLength, 6)));
}
