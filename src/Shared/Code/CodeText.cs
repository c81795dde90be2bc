using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Durable.Code;

/// <summary>Symbols and texts as generated code spells them.</summary>
internal static class CodeText
{
    private static readonly SymbolDisplayFormat s_type = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat s_namespace = SymbolDisplayFormat.FullyQualifiedFormat
        .WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    /// <summary>A type from <c>global::</c> on, with nullability.</summary>
    public static string Type(ITypeSymbol type) => type.ToDisplayString(s_type);

    /// <summary>A namespace; empty for the global one.</summary>
    public static string Namespace(INamespaceSymbol symbol) => symbol.IsGlobalNamespace ? "" : symbol.ToDisplayString(s_namespace);

    /// <summary>A name, escaped where it is a keyword anywhere.</summary>
    public static string Identifier(string name)
        => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>A text as a literal.</summary>
    public static string Literal(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    /// <summary><c>&lt;T&gt;</c>, or empty.</summary>
    public static string TypeParameters(IReadOnlyCollection<ITypeParameterSymbol> parameters)
        => parameters.Count == 0 ? "" : $"<{string.Join(", ", parameters.Select(parameter => Identifier(parameter.Name)))}>";

    /// <summary>The constraints of type parameters, each with a leading space, or empty: whoever repeats a declaration must repeat them.</summary>
    public static string Constraints(IReadOnlyCollection<ITypeParameterSymbol> parameters) => string.Concat(parameters.Select(Constraints));

    private static string Constraints(ITypeParameterSymbol parameter)
    {
        var parts = new List<string>();
        if (parameter.HasUnmanagedTypeConstraint)
            parts.Add("unmanaged");
        else if (parameter.HasValueTypeConstraint)
            parts.Add("struct");
        else if (parameter.HasReferenceTypeConstraint)
            parts.Add(parameter.ReferenceTypeConstraintNullableAnnotation == NullableAnnotation.Annotated ? "class?" : "class");
        else if (parameter.HasNotNullConstraint)
            parts.Add("notnull");
        parts.AddRange(parameter.ConstraintTypes.Select(Type));
        if (parameter.HasConstructorConstraint)
            parts.Add("new()");
        if (parameter.AllowsRefLikeType)
            parts.Add("allows ref struct");
        return parts.Count == 0 ? "" : $" where {Identifier(parameter.Name)} : {string.Join(", ", parts)}";
    }

    /// <summary>A text as it stands in a comment for documentation.</summary>
    public static string Xml(string text) => string.Concat(text.Select(character => IsText(character) ? character : ' ')).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;");

    /// <summary>False for what ends a line or has no place in XML; half of a pair is not looked for, names do without what is outside the basic plane.</summary>
    private static bool IsText(char character) => !char.IsControl(character) && !char.IsSurrogate(character) && character is not ('\u2028' or '\u2029' or '\ufffe' or '\uffff');
}
