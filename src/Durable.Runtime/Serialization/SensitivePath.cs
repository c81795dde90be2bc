using System.Text.Json.Serialization.Metadata;

namespace Durable.Serialization;

/// <summary>Cuts a path into a payload where it enters what is sensitive: behind that, keys of dictionaries are part of the value.</summary>
internal static class SensitivePath
{
    /// <summary>The beginning of the path that leads through known members only, and through no sensitive one.</summary>
    /// <param name="path">A path of stored names, such as <c>$.Lines[0].Text</c>.</param>
    /// <param name="contract">The contract of the whole payload.</param>
    public static string Cut(string path, JsonTypeInfo contract)
    {
        var current = MaskedContracts.Of(contract);
        var end = path.StartsWith('$') ? 1 : 0;
        while (end < path.Length && current is not null)
        {
            var (name, next) = Segment(path, end);
            if (current.Kind == JsonTypeInfoKind.Object)
            {
                if (current.Properties.FirstOrDefault(member => member.Name == name) is not { } member)
                    break;
                end = next;
                current = member.PropertyType == typeof(Mask) || member.CustomConverter is not null ? null : Contract(member.PropertyType, current);
            }
            else if (current.Kind is JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary)
            {
                end = next;
                current = current.ElementType is { } item ? Contract(item, current) : null;
            }
            else
            {
                break;
            }
        }

        return path[..end];
    }

    // A nullable value is a kind of its own, and has the members of the value inside.
    private static JsonTypeInfo? Contract(Type type, JsonTypeInfo parent)
        => parent.Options.TryGetTypeInfo(Nullable.GetUnderlyingType(type) ?? type, out var contract) ? contract : null;

    /// <summary>The name that starts at a place, and where it ends. A name with a dot or bracket in it is not found among the members, which cuts the path.</summary>
    private static (string Name, int End) Segment(string path, int start)
    {
        var quoted = path.AsSpan(start).StartsWith("['");
        var from = quoted ? start + 2 : path[start] is '.' or '[' ? start + 1 : start;
        var closing = quoted ? path.IndexOf("']", from, StringComparison.Ordinal) : path[start] == '[' ? path.IndexOf(']', from) : path.AsSpan(from).IndexOfAny('.', '[') is var length and >= 0 ? from + length : path.Length;
        if (closing < 0)
            closing = path.Length;
        return (path[from..closing], Math.Min(path.Length, closing + (quoted ? 2 : path[start] == '[' ? 1 : 0)));
    }
}
