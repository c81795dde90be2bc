namespace Durable.Payloads.Shapes;

/// <summary>Tells converters that no user wrote by their expressions.</summary>
internal static class LibraryConverter
{
    /// <summary>True for a converter of the library's, or of ours.</summary>
    public static bool Is(string expression)
        => IsShared(expression) || expression.StartsWith($"new {Metadata.Serialization}", StringComparison.Ordinal) || expression.StartsWith($"new {Metadata.Runtime}", StringComparison.Ordinal);

    /// <summary>True for one of the library's that there is only one of; others would be made anew for each value.</summary>
    public static bool IsShared(string expression) => expression.StartsWith(Metadata.Services, StringComparison.Ordinal);
}
