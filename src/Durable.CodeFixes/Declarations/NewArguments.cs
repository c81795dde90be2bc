using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.CodeFixes.Declarations;

/// <summary>Brings the arguments of a call in line with new parameters, which are the same as the old ones by name.</summary>
internal static class NewArguments
{
    /// <summary>The arguments; null where only the user can say what the call means.</summary>
    /// <param name="written">The arguments as they are.</param>
    /// <param name="method">The method as it was called.</param>
    /// <param name="parameters">Its new parameters.</param>
    public static ArgumentListSyntax? For(ArgumentListSyntax written, IMethodSymbol method, ParameterListSyntax parameters)
    {
        var names = parameters.Parameters.Select(parameter => parameter.Identifier.ValueText).ToList();
        var kept = new List<(ArgumentSyntax Argument, int Place)>();
        for (var i = 0; i < written.Arguments.Count; i++)
        {
            var argument = written.Arguments[i];
            if (Name(argument, i, method) is not { } name)
                return null;
            var place = names.IndexOf(name);
            if (place < 0 && DoesSomething(argument.Expression))
                return null;
            if (place >= 0)
                kept.Add((argument, place));
        }

        var ordered = kept.OrderBy(argument => argument.Place).ToList();
        // What is evaluated first stays first: a durable call among the arguments has its id from the order.
        if (!ordered.SequenceEqual(kept) && kept.Any(argument => DoesSomething(argument.Argument.Expression)))
            ordered = kept;
        if (kept.Count == written.Arguments.Count && ordered.Select((argument, i) => argument.Argument == written.Arguments[i] && (argument.Argument.NameColon is not null || FitsAt(argument.Place, i, names.Count))).All(fits => fits))
            return written;
        // A comment would come to stand beside another argument.
        if (written.DescendantTrivia().Any(trivia => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia))
            return null;
        // Behind one that is not at its place, every argument has to be named.
        var inPlace = ordered.TakeWhile((argument, i) => FitsAt(argument.Place, i, names.Count)).Count();
        var arguments = ordered.Select((argument, i) => i < inPlace ? argument.Argument : Named(argument.Argument, names[argument.Place])).ToList();
        return written.WithArguments(SyntaxFactory.SeparatedList(
            arguments.Select((argument, i) => argument.WithTriviaFrom(written.Arguments[i])),
            written.Arguments.GetSeparators().Take(Math.Max(0, arguments.Count - 1))));
    }

    private static string? Name(ArgumentSyntax argument, int position, IMethodSymbol method)
    {
        if (argument.NameColon is { } named)
            return named.Name.Identifier.ValueText;
        if (position < method.Parameters.Length)
            return method.Parameters[position].Name;
        return method.Parameters.LastOrDefault() is { IsParams: true } rest ? rest.Name : null;
    }

    /// <summary>True at its own place, and for the second and later ones of an open number of arguments.</summary>
    private static bool FitsAt(int place, int position, int count) => place == position || (place == count - 1 && position > place);

    private static ArgumentSyntax Named(ArgumentSyntax argument, string name)
        => argument.WithoutTrivia().WithNameColon(SyntaxFactory.NameColon(SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name).WithTrailingTrivia(SyntaxFactory.Space));

    private static bool DoesSomething(ExpressionSyntax expression) => expression.DescendantNodesAndSelf().Any(node => node
        is InvocationExpressionSyntax or AwaitExpressionSyntax or AssignmentExpressionSyntax
        || node.Kind() is SyntaxKind.PostIncrementExpression or SyntaxKind.PostDecrementExpression or SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression);
}
