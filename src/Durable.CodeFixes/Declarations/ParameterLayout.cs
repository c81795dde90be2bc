using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.CodeFixes.Declarations;

/// <summary>Lays parameters out as the ones were that they replace: what stays keeps its line and its comments.</summary>
internal static class ParameterLayout
{
    /// <summary>The parameters in the layout of others, which are the same by name.</summary>
    /// <param name="parameters">What to write.</param>
    /// <param name="written">What is replaced.</param>
    public static ParameterListSyntax Like(this ParameterListSyntax parameters, ParameterListSyntax written)
    {
        if (!written.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia) || IsComment(trivia)))
            return parameters.WithTriviaFrom(written);
        var indentation = SyntaxFactory.TriviaList(written.Parameters.FirstOrDefault()?.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)) ?? []);
        var close = written.CloseParenToken;
        var list = new List<ParameterSyntax>();
        var separators = new List<SyntaxToken>();
        for (var i = 0; i < parameters.Parameters.Count; i++)
        {
            var isLast = i == parameters.Parameters.Count - 1;
            var at = written.Parameters.IndexOf(other => other.Identifier.ValueText == parameters.Parameters[i].Identifier.ValueText);
            var comma = at >= 0 && at < written.Parameters.SeparatorCount ? written.Parameters.GetSeparator(at) : default;
            var parameter = parameters.Parameters[i].WithoutTrivia();
            parameter = at >= 0 ? parameter.WithTriviaFrom(written.Parameters[at]) : parameter.WithLeadingTrivia(indentation);

            // A comment behind the comma of what is the last one now has no comma left to stand behind.
            if (isLast && comma.TrailingTrivia.Any(IsComment))
            {
                parameter = parameter.WithTrailingTrivia(parameter.GetTrailingTrivia().AddRange(comma.TrailingTrivia));
                close = close.WithLeadingTrivia(indentation);
            }

            list.Add(parameter);
            if (!isLast)
                separators.Add(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(comma == default ? Between(written) : comma.TrailingTrivia));
        }

        return written.WithParameters(SyntaxFactory.SeparatedList(list, separators)).WithCloseParenToken(close);
    }

    /// <summary>What stands between two parameters, but for comments.</summary>
    private static SyntaxTriviaList Between(ParameterListSyntax written)
        => written.Parameters.SeparatorCount > 0
            ? SyntaxFactory.TriviaList(written.Parameters.GetSeparator(0).TrailingTrivia.Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).DefaultIfEmpty(SyntaxFactory.Space))
            : SyntaxFactory.TriviaList(written.OpenParenToken.TrailingTrivia.Where(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).DefaultIfEmpty(SyntaxFactory.Space));

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia;
}
