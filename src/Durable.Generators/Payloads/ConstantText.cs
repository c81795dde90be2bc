using System.Globalization;
using Durable.Generators.Payloads.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Durable.Generators.Payloads;

/// <summary>Constants as expressions.</summary>
internal static class ConstantText
{
    /// <summary>The expression of a constant, cast to its type.</summary>
    /// <param name="value">The constant; null for the default of any type.</param>
    /// <param name="type">The type that it is a value of.</param>
    public static string Of(object? value, ITypeSymbol type) => value is null ? $"default({type.FullName()})" : $"({type.FullName()})({Literal(value)})";

    public static string Quoted(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static string Literal(object value) => value switch
    {
        string text => Quoted(text),
        char character => SymbolDisplay.FormatLiteral(character, quote: true),
        bool truth => truth ? "true" : "false",
        decimal number => number.ToString(CultureInfo.InvariantCulture) + "m",
        double number => Named("double", number, double.IsNaN(number)) ?? number.ToString("R", CultureInfo.InvariantCulture) + "d",
        float number => Named("float", number, float.IsNaN(number)) ?? number.ToString("R", CultureInfo.InvariantCulture) + "f",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => "default",
    };

    private static string? Named(string type, double value, bool isNaN)
        => isNaN ? $"{type}.NaN" : !double.IsInfinity(value) ? null : value > 0 ? $"{type}.PositiveInfinity" : $"{type}.NegativeInfinity";
}
