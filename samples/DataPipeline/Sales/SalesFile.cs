using System.Globalization;

namespace DataPipeline;

/// <summary>The text of a sales file: a heading, then a row a line, cells separated by commas.</summary>
public static class SalesFile
{
    private const string Heading = "day,product,quantity,unitPrice";

    /// <exception cref="BadRowException">The heading or a row is not as it must be.</exception>
    public static IReadOnlyList<Sale> Parse(string file, IReadOnlyList<string> lines)
        => lines is [Heading, ..]
            ? [.. lines.Skip(1).Select((text, index) => ParseRow(file, index + 2, text))]
            : throw new BadRowException(file, 1, $"the heading is not '{Heading}'.");

    private static Sale ParseRow(string file, int line, string text)
    {
        var invariant = CultureInfo.InvariantCulture;
        if (text.Split(',') is not [var day, var product, var quantity, var price])
            throw new BadRowException(file, line, "a row has four cells.");
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", invariant, DateTimeStyles.None, out var soldOn))
            throw new BadRowException(file, line, $"'{day}' is not a day.");
        if (!int.TryParse(quantity, NumberStyles.None, invariant, out var pieces))
            throw new BadRowException(file, line, $"'{quantity}' is not a quantity.");
        if (!decimal.TryParse(price, NumberStyles.AllowDecimalPoint, invariant, out var unitPrice))
            throw new BadRowException(file, line, $"'{price}' is not a price.");
        return new Sale(soldOn, product, pieces, unitPrice);
    }
}
