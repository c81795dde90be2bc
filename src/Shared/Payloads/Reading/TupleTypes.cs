using Durable.Collections;
using Durable.Payloads.Shapes;
using Microsoft.CodeAnalysis;

namespace Durable.Payloads.Reading;

/// <summary>Reads tuples, of the language and of the library, whatever their length.</summary>
internal static class TupleTypes
{
    /// <summary>The arguments of a definition; the last holds the tuple of all further items.</summary>
    private const int MaxArguments = 8;

    public static bool IsKnown(ITypeSymbol type) => Family(type) is not null;

    public static PayloadShape? Read(ITypeSymbol type, string path, PayloadWalk walk)
    {
        if (type is not INamedTypeSymbol tuple || Family(type) is null)
            return null;
        var items = new List<TupleItem>();
        return Creation(tuple, "value", items, tuple, path, walk) is { } creation ? new TupleShape(items.ToEquatableArray(), creation) : null;
    }

    /// <summary>The expression that makes a tuple, or the rest of one, of the items that follow; null when it cannot be made.</summary>
    private static string? Creation(INamedTypeSymbol part, string access, List<TupleItem> items, INamedTypeSymbol whole, string path, PayloadWalk walk)
    {
        var arguments = new List<string>();
        for (var index = 0; index < part.TypeArguments.Length; index++)
        {
            var argument = part.TypeArguments[index];
            if (index == MaxArguments - 1)
            {
                if (argument is not INamedTypeSymbol rest || Family(rest) != Family(whole))
                {
                    walk.Refuse(argument, $"{path}.Rest", "stands where a tuple of the further items is expected");
                    return null;
                }

                if (Creation(rest, access + ".Rest", items, whole, path, walk) is not { } creation)
                    return null;
                arguments.Add(creation);
                continue;
            }

            var name = walk.Visit(argument, $"{path}.{ItemName(whole, items.Count)}");
            arguments.Add($"items.Next<{name}>(ref reader)");
            items.Add(new TupleItem(name, $"{access}.Item{index + 1}"));
        }

        return $"new {part.FullName()}({string.Join(", ", arguments)})";
    }

    private static string ItemName(INamedTypeSymbol whole, int index)
        => whole.IsTupleType && index < whole.TupleElements.Length ? whole.TupleElements[index].Name : $"Item{index + 1}";

    private static string? Family(ITypeSymbol type)
    {
        var name = type.DefinitionName();
        return name.StartsWith("System.ValueTuple`", StringComparison.Ordinal) ? "ValueTuple" : name.StartsWith("System.Tuple`", StringComparison.Ordinal) ? "Tuple" : null;
    }
}
