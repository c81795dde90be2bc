using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Durable.Analyzers.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.CodeFixes.Declarations;

/// <summary>Makes a method partial and moves its body into a <c>Core</c> below it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SplitBody))]
[Shared]
public sealed class SplitBody : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DeclarationRules.MethodNotPartial.Id, DeclarationRules.HasBody.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root
            || await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model
            || root.FindToken(context.Span.Start).Parent?.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method
            || method.Modifiers.Any(SyntaxKind.AbstractKeyword)
            || !CanSplit(model, method, context.CancellationToken))
        {
            return;
        }

        var name = method.Identifier.ValueText;
        var title = HasBody(method) ? $"Move the body of '{name}' into '{BodySplit.CoreName(method)}'" : $"Make '{name}' partial";
        context.RegisterCodeFix(CodeAction.Create(title, _ => Task.FromResult(Fix(context.Document, root, method)), nameof(SplitBody)), context.Diagnostics);
    }

    private static Document Fix(Document document, SyntaxNode root, MethodDeclarationSyntax method)
    {
        var declaration = BodySplit.Declaration(method);
        if (!HasBody(method))
            return document.WithSyntaxRoot(root.ReplaceNode(method, declaration));
        var core = BodySplit.Core(method).WithLeadingTrivia(BodySplit.Indentation(method).Insert(0, BodySplit.LineBreak(method)));
        return document.WithSyntaxRoot(root.ReplaceNode(method, [declaration, core]));
    }

    private static bool HasBody(MethodDeclarationSyntax method) => method.Body is not null || method.ExpressionBody is not null;

    // With a Core there already, or a declaring half elsewhere, which body is meant is for the user to say.
    private static bool CanSplit(SemanticModel model, MethodDeclarationSyntax method, CancellationToken cancellationToken)
        => !HasBody(method)
            || (model.GetDeclaredSymbol(method, cancellationToken) is { ContainingType: { } type, PartialDefinitionPart: null, PartialImplementationPart: null }
                && !type.GetMembers(BodySplit.CoreName(method)).Any());
}
