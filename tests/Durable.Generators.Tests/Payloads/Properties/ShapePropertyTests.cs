using System.Text;
using Xunit.Abstractions;

namespace Durable.Generators.Tests.Payloads.Properties;

/// <summary>Of every shape and hostile values: what is stored, what comes back, and what its fingerprint sees. DURABLE_SEED repeats, DURABLE_PAYLOADS sets how many of each.</summary>
public sealed class ShapePropertyTests(ITestOutputHelper output)
{
    private static readonly Lazy<IReadOnlyList<PropertyPayload>> s_payloads = new(() => PropertyPayload.Of(PayloadSample.Build(EveryShape.Source)));

    [Fact]
    public void What_is_stored_is_what_System_Text_Json_writes_by_reflection()
        => Holds((payload, tape) =>
        {
            var value = payload.Value(tape);
            Assert.Equal(Encoding.UTF8.GetString(payload.Reflected(value)), Encoding.UTF8.GetString(payload.Write(value)));
        });

    [Fact]
    public void Every_value_comes_back_as_it_was()
        => Holds((payload, tape) =>
        {
            var value = payload.Value(tape);
            Assert.Equal(ValueText.Exact.Of(payload.Type, value), ValueText.Exact.Of(payload.Type, payload.Read(payload.Write(value))));
        });

    [Fact]
    public void What_comes_back_has_the_fingerprint_of_what_was_stored()
        => Holds((payload, tape) =>
        {
            var value = payload.Value(tape);
            Assert.Equal(payload.Fingerprint(value), payload.Fingerprint(payload.Read(payload.Write(value))));
        });

    [Fact]
    public void The_order_of_sets_and_dictionaries_leaves_the_fingerprint()
        => Holds((payload, tape) => Assert.Equal(payload.Fingerprint(payload.Value(tape)), payload.Fingerprint(payload.Value(tape, isReversed: true))));

    [Fact]
    public void Values_have_one_fingerprint_if_and_only_if_they_differ_in_nothing_that_counts()
        => Holds((payload, tape) =>
        {
            var value = payload.Value(tape);
            for (var place = 0; place < tape.Length; place += 1 + (tape.Length / 8))
            {
                var other = payload.Value([.. tape[..place], tape[place] + 1 + (place % 3), .. tape[(place + 1)..]]);
                var (one, two) = (ValueText.Canonical.Of(payload.Type, value), ValueText.Canonical.Of(payload.Type, other));
                if ((one == two) != (payload.Fingerprint(value) == payload.Fingerprint(other)))
                    Assert.Fail($"{(one == two ? "One value has two fingerprints" : "Two values have one fingerprint")}:\n{one}\n{two}");
            }
        });

    private void Holds(Action<PropertyPayload, int[]> claim)
    {
        var seed = PayloadSeed.Get(output, nameof(ShapePropertyTests));
        var count = PayloadSeed.Count(otherwise: 20);
        var failures = new List<string>();
        foreach (var payload in s_payloads.Value)
        {
            try
            {
                Tape.Holds(seed, count, tape => claim(payload, tape));
            }
            catch (Exception exception)
            {
                var said = exception.Message[Math.Max(0, exception.Message.IndexOf("Shrunk:", StringComparison.Ordinal))..];
                failures.Add($"{payload}: {said[..Math.Min(said.Length, 1500)]}");
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {s_payloads.Value.Count} payloads:\n{string.Join("\n\n", failures.Take(40))}");
        output.WriteLine($"{s_payloads.Value.Count} payloads, {count} values of each.");
    }
}
