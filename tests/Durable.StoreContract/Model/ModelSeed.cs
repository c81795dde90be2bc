using System.Globalization;

namespace Durable.Storage.Contract.Model;

/// <summary>Where the random numbers of a run of sequences start; with a size, those of one sequence.</summary>
/// <param name="Seed">The first half.</param>
/// <param name="Gamma">The second half; odd.</param>
/// <param name="Size">How large the generated values are, for one sequence; null for a whole run.</param>
internal readonly record struct ModelSeed(ulong Seed, ulong Gamma, int? Size)
{
    public static ModelSeed New() => new((ulong)Random.Shared.NextInt64(), (ulong)Random.Shared.NextInt64() | 1, null);

    public static ModelSeed Parse(string text)
    {
        var parts = text.Split(',');
        return new(
            ulong.Parse(parts[0], CultureInfo.InvariantCulture),
            ulong.Parse(parts[1], CultureInfo.InvariantCulture),
            parts.Length > 2 ? int.Parse(parts[2], CultureInfo.InvariantCulture) : null);
    }

    public override string ToString() => Size is { } size ? $"{Seed},{Gamma},{size}" : $"{Seed},{Gamma}";
}
