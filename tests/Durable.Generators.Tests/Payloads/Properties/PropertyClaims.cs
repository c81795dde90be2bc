using System.Text;

namespace Durable.Generators.Tests.Payloads.Properties;

/// <summary>What holds of every value of every payload type.</summary>
internal static class PropertyClaims
{
    /// <summary>The bytes are those of System.Text.Json by reflection, tuples as arrays.</summary>
    public static void StoredAsByReflection(PropertyPayload payload, int[] tape)
    {
        var value = payload.Value(tape);
        Assert.Equal(Encoding.UTF8.GetString(payload.Reflected(value)), Encoding.UTF8.GetString(payload.Write(value)));
    }

    /// <summary>It comes back as it was, with the fingerprint that it had.</summary>
    public static void ComesBack(PropertyPayload payload, int[] tape)
    {
        var value = payload.Value(tape);
        var again = payload.Read(payload.Write(value));
        Assert.Equal(ValueText.Exact.Of(payload.Type, value), ValueText.Exact.Of(payload.Type, again));
        Assert.Equal(payload.Fingerprint(value), payload.Fingerprint(again));
    }

    /// <summary>Values have one fingerprint if and only if they differ in nothing that counts.</summary>
    public static void OneFingerprintForEqualValues(PropertyPayload payload, int[] tape)
    {
        var value = payload.Value(tape);
        Assert.Equal(payload.Fingerprint(value), payload.Fingerprint(payload.Value(tape, isReversed: true)));
        for (var place = 0; place < tape.Length; place += 1 + (tape.Length / 8))
        {
            var other = payload.Value([.. tape[..place], tape[place] + 1 + (place % 3), .. tape[(place + 1)..]]);
            var (one, two) = (ValueText.Canonical.Of(payload.Type, value), ValueText.Canonical.Of(payload.Type, other));
            if ((one == two) != (payload.Fingerprint(value) == payload.Fingerprint(other)))
                Assert.Fail($"{(one == two ? "One value has two fingerprints" : "Two values have one fingerprint")}:\n{one}\n{two}");
        }
    }

    /// <summary>A failure, from the simplest tape on.</summary>
    public static string Said(PropertyPayload payload, Exception exception)
    {
        var said = exception.Message[Math.Max(0, exception.Message.IndexOf("Shrunk:", StringComparison.Ordinal))..];
        return $"{payload}: {said[..Math.Min(said.Length, 1500)]}";
    }
}
