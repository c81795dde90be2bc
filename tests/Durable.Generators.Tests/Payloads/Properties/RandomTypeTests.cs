using System.Text;
using Xunit.Abstractions;

namespace Durable.Generators.Tests.Payloads.Properties;

/// <summary>The same of random types, and what a later build reads of them. DURABLE_SEED repeats, DURABLE_PAYLOADS sets how many values of each type, DURABLE_TYPES makes others.</summary>
public sealed class RandomTypeTests(ITestOutputHelper output)
{
    private const int Types = 80;

    [Fact]
    public void Values_of_random_types_are_stored_faithfully_and_mean_the_same_to_a_later_build()
    {
        var seed = PayloadSeed.Get(output, nameof(RandomTypeTests));
        var count = PayloadSeed.Count(otherwise: 4);
        var (source, names) = new RandomTypes(PayloadSeed.Types(output)).Make(Types);
        var payloads = PropertyPayload.Of(PayloadSample.Build(source)).ToDictionary(payload => payload.Name);
        var failures = new List<string>();
        foreach (var name in names)
        {
            var (before, after) = (payloads["Before" + name], payloads["After" + name]);
            try
            {
                Tape.Holds(seed, count, tape =>
                {
                    PropertyClaims.StoredAsByReflection(before, tape);
                    PropertyClaims.ComesBack(before, tape);
                    PropertyClaims.OneFingerprintForEqualValues(before, tape);
                    MeansTheSameLater(before, after, tape);
                });
            }
            catch (Exception exception)
            {
                failures.Add(PropertyClaims.Said(before, exception) + "\n" + string.Join("\n", source.Split('\n').Where(line => line.Contains($" {name} ", StringComparison.Ordinal) || line.Contains($" {name}(", StringComparison.Ordinal))));
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count} of {Types} types:\n{string.Join("\n\n", failures.Take(20))}");
        output.WriteLine($"{Types} types, {count} values of each.");
    }

    private static void MeansTheSameLater(PropertyPayload before, PropertyPayload after, int[] tape)
    {
        var value = before.Value(tape);
        var later = after.Read(before.Write(value));
        if (before.Fingerprint(value) != after.Fingerprint(later))
            Assert.Fail($"What a later build reads counts as another value:\n{Encoding.UTF8.GetString(before.Write(value))}\n{Encoding.UTF8.GetString(after.Write(later))}");
    }
}
