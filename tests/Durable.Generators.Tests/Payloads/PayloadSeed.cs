using System.Globalization;
using Xunit.Abstractions;

namespace Durable.Generators.Tests.Payloads;

/// <summary>The seed of the random payloads: <c>DURABLE_SEED</c>, or a new one, which is printed.</summary>
internal static class PayloadSeed
{
    public static int Get(ITestOutputHelper output, string test)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("DURABLE_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
        output.WriteLine($"Again: DURABLE_SEED={seed} dotnet test tests/Durable.Generators.Tests --filter {test}");
        return seed;
    }

    /// <summary>How many to try: <c>DURABLE_PAYLOADS</c>, or a number that takes seconds.</summary>
    public static int Count(int otherwise) => int.TryParse(Environment.GetEnvironmentVariable("DURABLE_PAYLOADS"), CultureInfo.InvariantCulture, out var given) ? given : otherwise;

    /// <summary>The seed of random types: <c>DURABLE_TYPES</c>, or one whose types are known to compile and to be faithful, so that a failure is news.</summary>
    public static int Types(ITestOutputHelper output)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("DURABLE_TYPES"), CultureInfo.InvariantCulture, out var given) ? given : 6;
        output.WriteLine($"Other types: DURABLE_TYPES={seed + 1}; these: DURABLE_TYPES={seed}");
        return seed;
    }
}
