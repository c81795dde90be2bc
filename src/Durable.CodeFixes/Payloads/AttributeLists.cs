using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.CodeFixes.Payloads;

/// <summary>Writes attributes where a user would: each on a line of its own, behind those that are there, with comments left where they are.</summary>
internal static class AttributeLists
{
    /// <summary>The type with an attribute more.</summary>
    /// <param name="type">The type.</param>
    /// <param name="attribute">The attribute.</param>
    /// <param name="ownLine">True when the type starts a line.</param>
    /// <param name="lineEnd">What ends lines in the file.</param>
    public static BaseTypeDeclarationSyntax Add(BaseTypeDeclarationSyntax type, AttributeSyntax attribute, bool ownLine, SyntaxTrivia lineEnd)
    {
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(attribute));
        if (type.AttributeLists.LastOrDefault() is { } last && last.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia))
            return (BaseTypeDeclarationSyntax)type.WithAttributeLists(type.AttributeLists.Add(list.WithLeadingTrivia(Indent(last.GetLeadingTrivia())).WithTrailingTrivia(lineEnd)));

        // Behind those that have lines of their own, and before one that shares the line of the type.
        if (type.AttributeLists.TakeWhile(other => other.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia)).Count() is > 0 and var above)
            return (BaseTypeDeclarationSyntax)type.WithAttributeLists(type.AttributeLists.Insert(above, list.WithLeadingTrivia(Indent(type.AttributeLists[above - 1].GetLeadingTrivia())).WithTrailingTrivia(lineEnd)));

        // The new one takes over what stands before the type.
        var before = type.GetLeadingTrivia();
        var rest = type.WithLeadingTrivia(ownLine ? Indent(before) : SyntaxFactory.TriviaList());
        return (BaseTypeDeclarationSyntax)rest.WithAttributeLists(rest.AttributeLists.Insert(0, list.WithLeadingTrivia(before).WithTrailingTrivia(ownLine ? lineEnd : SyntaxFactory.Space)));
    }

    /// <summary>The file with an attribute of the assembly more.</summary>
    public static CompilationUnitSyntax Add(CompilationUnitSyntax file, AttributeSyntax attribute, SyntaxTrivia lineEnd)
    {
        var list = SyntaxFactory.AttributeList(SyntaxFactory.AttributeTargetSpecifier(SyntaxFactory.Token(SyntaxKind.AssemblyKeyword)).WithTrailingTrivia(SyntaxFactory.Space), SyntaxFactory.SingletonSeparatedList(attribute))
            .WithTrailingTrivia(lineEnd);
        if (file.AttributeLists.Count > 0)
            return file.AddAttributeLists(list);
        if (file.Usings.Count > 0 || file.Externs.Count > 0)
            return file.AddAttributeLists(list.WithLeadingTrivia(lineEnd));
        // What stands before the first member is about that member, or about the file: either way it may stay before it.
        return file.AddAttributeLists(list.WithTrailingTrivia(lineEnd, lineEnd));
    }

    /// <summary>True for a node that nothing stands before on its line.</summary>
    public static bool StartsLine(SyntaxNode node)
        => node.GetLeadingTrivia().Any(SyntaxKind.EndOfLineTrivia) || node.GetFirstToken().GetPreviousToken() is var previous && (previous.IsKind(SyntaxKind.None) || previous.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia));

    /// <summary>What ends the lines of a file.</summary>
    public static SyntaxTrivia LineEnd(SyntaxNode root)
        => root.DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } found ? found : SyntaxFactory.LineFeed;

    private static SyntaxTriviaList Indent(SyntaxTriviaList before)
        => before.LastOrDefault() is { RawKind: (int)SyntaxKind.WhitespaceTrivia } blank ? SyntaxFactory.TriviaList(blank) : SyntaxFactory.TriviaList();
}
