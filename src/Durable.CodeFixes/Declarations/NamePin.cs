using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.CodeFixes.Declarations;

/// <summary>Writes a name into the attribute of a workflow, step or signal that has none there, so that it survives a rename.</summary>
internal static class NamePin
{
    /// <summary>The attribute that a name can be written into; null where one is written already.</summary>
    public static AttributeSyntax? Place(IMethodSymbol method, KnownTypes types, CancellationToken cancellationToken)
        => (KnownTypes.Find(method, types.WorkflowAttribute) ?? KnownTypes.Find(method, types.StepAttribute) ?? KnownTypes.Find(method, types.SignalAttribute))?.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is AttributeSyntax attribute
            && attribute.ArgumentList?.Arguments.Any(argument => argument.NameEquals is null) != true
            ? attribute
            : null;

    /// <summary>The attribute with the name.</summary>
    public static AttributeSyntax Write(AttributeSyntax attribute, string name)
    {
        var argument = SyntaxFactory.AttributeArgument(SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(name)));
        if (attribute.ArgumentList is not { Arguments: { Count: > 0 } arguments } list)
        {
            // What stands behind the attribute's name stands behind its arguments then.
            var behind = attribute.ArgumentList?.GetTrailingTrivia() ?? attribute.Name.GetTrailingTrivia();
            return attribute
                .WithName(attribute.Name.WithTrailingTrivia())
                .WithArgumentList(SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(argument)).WithTrailingTrivia(behind));
        }

        var separators = arguments.GetSeparators().Prepend(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space));
        return attribute.WithArgumentList(list.WithArguments(SyntaxFactory.SeparatedList(arguments.Prepend(argument), separators)));
    }
}
