using Durable.Execution;

namespace Durable.Runtime.Tests.Identity;

/// <summary>Random numbers that a replay on another version of .NET has to repeat.</summary>
public sealed class DeterministicRandomTests
{
    [Fact]
    public void Golden_values_are_for_ever()
    {
        var random = new DeterministicRandom("5:run-1");
        var bytes = new byte[4];
        random.NextBytes(bytes);
        Assert.Equal(
            "1555861260 49 -3 8279269095354796299 616951868207 0.3162279157998439 0.86135113 14CE64DD",
            string.Join(' ', random.Next(), random.Next(100), random.Next(-10, 10), random.NextInt64(), random.NextInt64(1_000_000_000_000), random.NextDouble().ToString("R"), random.NextSingle().ToString("R"), Convert.ToHexString(bytes)));
    }

    [Fact]
    public void Another_seed_gives_other_numbers()
        => Assert.NotEqual(new DeterministicRandom("a").NextInt64(), new DeterministicRandom("b").NextInt64());

    [Fact]
    public void Numbers_stay_in_their_range_and_reach_all_of_it()
    {
        var random = new DeterministicRandom("range");
        var seen = new HashSet<int>();
        for (var i = 0; i < 1_000; i++)
        {
            seen.Add(random.Next(-3, 4));
            Assert.InRange(random.NextDouble(), 0, 1 - double.Epsilon);
            Assert.InRange(random.NextSingle(), 0f, 0.99999999f);
            Assert.InRange(random.Next(), 0, int.MaxValue - 1);
            Assert.InRange(random.NextInt64(), 0, long.MaxValue - 1);
        }

        Assert.Equal([-3, -2, -1, 0, 1, 2, 3], seen.Order());
    }

    [Fact]
    public void The_widest_range_does_not_overflow()
    {
        var random = new DeterministicRandom("wide");
        var values = Enumerable.Range(0, 100).Select(_ => random.NextInt64(long.MinValue, long.MaxValue)).ToList();
        Assert.Contains(values, value => value < 0);
        Assert.Contains(values, value => value > 0);
    }

    [Fact]
    public void An_empty_range_gives_its_bound() => Assert.Equal(7, new DeterministicRandom("x").Next(7, 7));

    [Fact]
    public void A_reversed_range_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new DeterministicRandom("x").Next(8, 7));
}
