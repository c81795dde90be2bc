using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.CodeFixes.Declarations;

/// <summary>Makes the two methods of a workflow or step out of one: the declaration, and the body that is named after it. Pure syntax.</summary>
internal static class BodySplit
{
    /// <summary>The declaration: partial, without a body. A comment behind the body goes with the body.</summary>
    public static MethodDeclarationSyntax Declaration(MethodDeclarationSyntax method)
    {
        var modifiers = method.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.AsyncKeyword) && !modifier.IsKind(SyntaxKind.PartialKeyword)).ToList();
        if (!modifiers.Any(IsAccessibility))
            modifiers.Insert(0, Word(SyntaxKind.PrivateKeyword));
        modifiers.Add(Word(SyntaxKind.PartialKeyword));
        var bodyless = method
            .WithModifiers(SyntaxFactory.TokenList(modifiers.Select(modifier => modifier.WithoutTrivia().WithTrailingTrivia(SyntaxFactory.Space))))
            .WithReturnType(method.ReturnType.WithLeadingTrivia())
            .WithParameterList(method.ParameterList.WithTrailingTrivia())
            .WithBody(null)
            .WithExpressionBody(null)
            .WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken));

        // Trivia before the words belong to the attributes above them: a line break, a comment.
        var firstWord = method.Modifiers.Count > 0 ? method.Modifiers[0] : method.ReturnType.GetFirstToken();
        return bodyless
            .WithModifiers(bodyless.Modifiers.Replace(bodyless.Modifiers[0], bodyless.Modifiers[0].WithLeadingTrivia(firstWord.LeadingTrivia)))
            .WithTrailingTrivia(method.SemicolonToken.IsKind(SyntaxKind.SemicolonToken) && method.ExpressionBody is null ? method.GetTrailingTrivia() : WithoutComments(method.GetTrailingTrivia()));
    }

    /// <summary>The body as a method of its own.</summary>
    public static MethodDeclarationSyntax Core(MethodDeclarationSyntax method)
    {
        var kept = method.Modifiers.Where(modifier => modifier.Kind() is SyntaxKind.StaticKeyword or SyntaxKind.UnsafeKeyword or SyntaxKind.AsyncKeyword);
        var modifiers = kept.Select(modifier => Word(modifier.Kind())).Prepend(Word(SyntaxKind.PrivateKeyword));
        return method
            .WithAttributeLists(default)
            .WithModifiers(SyntaxFactory.TokenList(modifiers))
            .WithReturnType(method.ReturnType.WithLeadingTrivia())
            .WithIdentifier(SyntaxFactory.Identifier(CoreName(method)).WithTriviaFrom(method.Identifier))
            .WithParameterList(BodyParameters(method.ParameterList));
    }

    /// <summary>The name of a declaration's body.</summary>
    public static string CoreName(MethodDeclarationSyntax declaration) => declaration.Identifier.ValueText + "Core";

    /// <summary>The parameters as the body has them: attributes, defaults and comments stand on the declaration only.</summary>
    public static ParameterListSyntax BodyParameters(ParameterListSyntax declared)
        => WithoutCommentsInside(declared.WithParameters(SyntaxFactory.SeparatedList(declared.Parameters.Select(BodyParameter), declared.Parameters.GetSeparators())));

    /// <summary>The white space that a member's first line starts with.</summary>
    public static SyntaxTriviaList Indentation(MemberDeclarationSyntax member)
        => member.GetLeadingTrivia().LastOrDefault() is { } last && last.IsKind(SyntaxKind.WhitespaceTrivia) ? SyntaxFactory.TriviaList(last) : default;

    /// <summary>The line break that the file uses.</summary>
    public static SyntaxTrivia LineBreak(SyntaxNode node)
        => node.SyntaxTree.GetRoot().DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is { RawKind: not 0 } found
            ? found
            : SyntaxFactory.LineFeed;

    /// <summary>A method set below another, with an empty line before it and one before the next member.</summary>
    public static MethodDeclarationSyntax Below(MethodDeclarationSyntax declaration, MethodDeclarationSyntax core)
    {
        var lineBreak = LineBreak(declaration);
        var next = declaration.Parent is TypeDeclarationSyntax type ? type.Members.SkipWhile(member => member != declaration).Skip(1).FirstOrDefault() : null;
        var after = next is not null && !next.GetLeadingTrivia().FirstOrDefault().IsKind(SyntaxKind.EndOfLineTrivia)
            ? core.GetTrailingTrivia().Add(lineBreak)
            : core.GetTrailingTrivia();
        return core.WithLeadingTrivia(Indentation(declaration).Insert(0, lineBreak)).WithTrailingTrivia(after);
    }

    /// <summary>One parameter as the body has it.</summary>
    public static ParameterSyntax BodyParameter(ParameterSyntax parameter)
    {
        var leading = parameter.GetLeadingTrivia();
        var modifiers = parameter.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.ParamsKeyword) && !modifier.IsKind(SyntaxKind.ThisKeyword));
        return parameter
            .WithAttributeLists(default)
            .WithModifiers(SyntaxFactory.TokenList(modifiers))
            .WithDefault(null)
            .WithIdentifier(parameter.Identifier.WithTrailingTrivia())
            .WithLeadingTrivia(leading);
    }

    private static ParameterListSyntax WithoutCommentsInside(ParameterListSyntax list) => list.ReplaceTokens(
        list.DescendantTokens().Where(token => token != list.CloseParenToken),
        (token, _) => token.WithLeadingTrivia(WithoutComments(token.LeadingTrivia)).WithTrailingTrivia(WithoutComments(token.TrailingTrivia)));

    /// <summary>Trivia without its comments and the blanks before them.</summary>
    private static SyntaxTriviaList WithoutComments(SyntaxTriviaList trivia) => SyntaxFactory.TriviaList(
        trivia.Where((piece, i) => !IsComment(piece) && !(piece.IsKind(SyntaxKind.WhitespaceTrivia) && i + 1 < trivia.Count && IsComment(trivia[i + 1]))));

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia;

    private static bool IsAccessibility(SyntaxToken modifier)
        => modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword or SyntaxKind.PrivateKeyword;

    private static SyntaxToken Word(SyntaxKind kind) => SyntaxFactory.Token(kind).WithTrailingTrivia(SyntaxFactory.Space);
}
