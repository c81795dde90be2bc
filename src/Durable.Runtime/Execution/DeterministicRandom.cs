using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Durable.Execution;

/// <summary>Random numbers that depend on nothing but their seed text, on every version of .NET: <see cref="Random"/> does not promise that for its own algorithm.</summary>
internal sealed class DeterministicRandom : Random
{
    private readonly Func<string>? _run;
    private readonly string _place = "";
    private string? _seededBy;
    private ulong _state;

    public DeterministicRandom(string seed) : base(0) => _state = State(seed);

    /// <summary>Numbers of a place in a run. They begin anew where they are to be another run's.</summary>
    /// <param name="run">Tells the run's id.</param>
    /// <param name="place">The place.</param>
    public DeterministicRandom(Func<string> run, string place) : base(0) => (_run, _place) = (run, place);

    public override int Next() => (int)NextInt64(0, int.MaxValue);

    public override int Next(int maxValue) => (int)NextInt64(0, maxValue);

    public override int Next(int minValue, int maxValue) => (int)NextInt64(minValue, maxValue);

    public override long NextInt64() => NextInt64(0, long.MaxValue);

    public override long NextInt64(long maxValue) => NextInt64(0, maxValue);

    public override long NextInt64(long minValue, long maxValue)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minValue, maxValue);
        var range = (ulong)(maxValue - minValue);
        return range <= 1 ? minValue : (long)((ulong)minValue + Math.BigMul(NextUInt64(), range, out _));
    }

    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    public override void NextBytes(Span<byte> buffer)
    {
        for (var i = 0; i < buffer.Length; i++)
            buffer[i] = (byte)(NextUInt64() >> 56);
    }

    public override double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    public override float NextSingle() => (NextUInt64() >> 40) * (1.0f / (1U << 24));

    protected override double Sample() => NextDouble();

    private static ulong State(string seed) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(seed)));

    // SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number generators", 2014).
    private ulong NextUInt64()
    {
        if (_run?.Invoke() is { } run && !ReferenceEquals(run, _seededBy))
            (_seededBy, _state) = (run, State($"{run.Length}:{run}{_place}"));
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
