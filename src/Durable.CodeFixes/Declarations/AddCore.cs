using System.Collections.Immutable;
using System.Composition;
using Durable.Analyzers.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Text;

namespace Durable.CodeFixes.Declarations;

/// <summary>Writes a missing <c>Core</c> below its declaration, with a body that throws.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddCore))]
[Shared]
public sealed class AddCore : DeclarationFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DeclarationRules.CoreMissing.Id];

    internal override string Summary => "Add every missing body";

    private protected override string Title(SyntaxNode target) => $"Add '{BodySplit.CoreName((MethodDeclarationSyntax)target)}'";

    private protected override SyntaxNode? Target(SemanticModel model, TextSpan span, CancellationToken cancellationToken)
        => Around<MethodDeclarationSyntax>(model, span, cancellationToken);

    private protected override void Edit(SyntaxEditor editor, SemanticModel model, SyntaxNode target) => Write(editor, model, (MethodDeclarationSyntax)target);

    /// <summary>Writes one body.</summary>
    internal static void Write(SyntaxEditor editor, SemanticModel model, MethodDeclarationSyntax method)
    {
        if (CoreSignature.Declared(model, method) is not { } declaration)
            return;
        var core = BodySplit.Core(method)
            .WithParameterList(CoreSignature.Parameters(declaration, written: null))
            .WithExpressionBody(SyntaxFactory.ArrowExpressionClause(NotImplemented()).WithLeadingTrivia(SyntaxFactory.Space))
            .WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken))
            .WithTrailingTrivia(BodySplit.LineBreak(method));
        editor.InsertAfter(method, BodySplit.Below(method, core));
    }

    private static ThrowExpressionSyntax NotImplemented()
        => SyntaxFactory.ThrowExpression(SyntaxFactory.ObjectCreationExpression(CoreSignature.Global("System.NotImplementedException")).WithArgumentList(SyntaxFactory.ArgumentList()))
            .NormalizeWhitespace();
}
