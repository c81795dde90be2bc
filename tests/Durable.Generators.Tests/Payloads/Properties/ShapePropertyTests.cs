using Xunit.Abstractions;

namespace Durable.Generators.Tests.Payloads.Properties;

/// <summary>Of every shape and hostile values: what is stored, what comes back, and what its fingerprint sees. DURABLE_SEED repeats, DURABLE_PAYLOADS sets how many of each.</summary>
public sealed class ShapePropertyTests(ITestOutputHelper output)
{
    private static readonly Lazy<IReadOnlyList<PropertyPayload>> s_payloads = new(() => PropertyPayload.Of(PayloadSample.Build(EveryShape.Source)));

    [Fact]
    public void What_is_stored_is_what_System_Text_Json_writes_by_reflection() => Holds(PropertyClaims.StoredAsByReflection);

    [Fact]
    public void Every_value_comes_back_as_it_was_with_the_fingerprint_that_it_had() => Holds(PropertyClaims.ComesBack);

    [Fact]
    public void Values_have_one_fingerprint_if_and_only_if_they_differ_in_nothing_that_counts() => Holds(PropertyClaims.OneFingerprintForEqualValues);

    private void Holds(Action<PropertyPayload, int[]> claim)
    {
        var seed = PayloadSeed.Get(output, nameof(ShapePropertyTests));
        var count = PayloadSeed.Count(otherwise: 10);
        var failures = new List<string>();
        foreach (var payload in s_payloads.Value)
        {
            try
            {
                Tape.Holds(seed, count, tape => claim(payload, tape));
            }
            catch (Exception exception)
            {
                failures.Add(PropertyClaims.Said(payload, exception));
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {s_payloads.Value.Count} payloads:\n{string.Join("\n\n", failures.Take(40))}");
        output.WriteLine($"{s_payloads.Value.Count} payloads, {count} values of each.");
    }
}
