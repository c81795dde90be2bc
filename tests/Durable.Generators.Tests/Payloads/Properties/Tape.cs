using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Durable.Generators.Tests.Payloads.Properties;

/// <summary>The decisions that a random value is made of, in a row. FsCheck makes and shrinks them; another decision in one place is a change in one place; behind the end all are 0, which is the simplest.</summary>
internal sealed class Tape(IReadOnlyList<int> decisions)
{
    private const int Longest = 160;

    /// <summary>Tapes, from short to long, and what is simpler than each.</summary>
    public static Arbitrary<int[]> All { get; } = Arb.ToArbitrary(Gen.Choose(0, Longest).SelectMany(length => Gen.Choose(0, int.MaxValue).ArrayOf(length)), Simpler);

    /// <summary>How many decisions were taken.</summary>
    public int Used { get; private set; }

    /// <summary>One of so many.</summary>
    public int Next(int count) => Used++ < decisions.Count ? decisions[Used - 1] % count : 0;

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int count) => Next(count) == count - 1;

    /// <summary>One of these; the first is the simplest.</summary>
    public T Of<T>(params ReadOnlySpan<T> items) => items[Next(items.Length)];

    /// <summary>Any 64 bits.</summary>
    public long Bits() => (long)Next(int.MaxValue) << 42 ^ (long)Next(int.MaxValue) << 21 ^ (uint)Next(int.MaxValue);

    /// <summary>Asks FsCheck for tapes, of a seed.</summary>
    public static void Holds(int seed, int count, Action<int[]> claim)
    {
        var replay = new Replay(new Rnd((ulong)seed, ((ulong)seed << 1) | 1), FSharpOption<int>.None);
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(FSharpOption<Replay>.Some(replay)), Prop.ForAll(All, claim));
    }

    private static IEnumerable<int[]> Simpler(int[] tape)
    {
        for (var length = tape.Length / 2; length < tape.Length; length += Math.Max(1, (tape.Length - length) / 2))
            yield return tape[..length];
        for (var i = 0; i < tape.Length; i++)
        {
            if (tape[i] != 0)
                yield return [.. tape[..i], 0, .. tape[(i + 1)..]];
        }
    }
}
