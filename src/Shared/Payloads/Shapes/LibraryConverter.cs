namespace Durable.Payloads.Shapes;

/// <summary>Tells the library's converters by their expressions.</summary>
internal static class LibraryConverter
{
    /// <summary>True for a converter of the library's.</summary>
    public static bool Is(string expression) => IsShared(expression) || expression.StartsWith($"new {Metadata.Serialization}", StringComparison.Ordinal);

    /// <summary>True for one that there is only one of; others would be made anew for each value.</summary>
    public static bool IsShared(string expression) => expression.StartsWith(Metadata.Services, StringComparison.Ordinal);
}
