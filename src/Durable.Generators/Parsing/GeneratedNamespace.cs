using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Durable.Generators.Parsing;

/// <summary>The namespace of what is generated once for an assembly: its own for each assembly, so that several can meet in one compilation.</summary>
internal static class GeneratedNamespace
{
    private const string Root = "Durable.Generated.";

    public static string Of(string? assemblyName)
    {
        var name = string.IsNullOrEmpty(assemblyName) ? "_" : assemblyName!;
        var clean = string.Join(".", name.Split('.').Select(Segment));
        // Names that differ only in what a namespace cannot hold stay apart.
        return Root + (clean == name ? clean : clean + "_" + Hash(name).ToString("x8", CultureInfo.InvariantCulture));
    }

    private static string Segment(string segment)
    {
        var text = new StringBuilder(segment.Length + 1);
        foreach (var character in segment)
            text.Append(SyntaxFacts.IsIdentifierPartCharacter(character) ? character : '_');
        if (text.Length == 0 || !SyntaxFacts.IsIdentifierStartCharacter(text[0]) || SyntaxFacts.GetKeywordKind(text.ToString()) != SyntaxKind.None)
            text.Insert(0, '_');
        return text.ToString();
    }

    // FNV-1a: the same on every machine, unlike string.GetHashCode.
    private static uint Hash(string text) => text.Aggregate(2166136261u, (hash, character) => unchecked((hash ^ character) * 16777619u));
}
