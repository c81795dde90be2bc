using System.Collections.Immutable;
using System.Composition;
using Durable.Analyzers.Declarations;
using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Text;

namespace Durable.CodeFixes.Declarations;

/// <summary>Gives a <c>Core</c> the signature that its declaration asks for; the body stays.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FixCoreSignature))]
[Shared]
public sealed class FixCoreSignature : DeclarationFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DeclarationRules.CoreMismatched.Id];

    internal override string Summary => "Change the signatures of all bodies";

    private protected override string Title(SyntaxNode target) => $"Change the signature of '{((MethodDeclarationSyntax)target).Identifier.ValueText}'";

    private protected override SyntaxNode? Target(SemanticModel model, TextSpan span, CancellationToken cancellationToken)
        => Around<MethodDeclarationSyntax>(model, span, cancellationToken);

    private protected override void Edit(SyntaxEditor editor, SemanticModel model, SyntaxNode target)
    {
        var core = (MethodDeclarationSyntax)target;
        if (KnownTypes.Create(model.Compilation) is not { } types || model.GetDeclaredSymbol(core) is not { } symbol
            || CoreSignature.DeclarationOf(symbol, types) is not { } declaration)
            return;
        if (declaration.Method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not MethodDeclarationSyntax declared)
            return;
        var changed = core
            .WithTypeParameterList(null)
            .WithConstraintClauses(default)
            .WithParameterList(CoreSignature.Parameters(declaration, symbol).Like(core.ParameterList))
            .WithReturnType(Returns(core, symbol, declaration, declared, types).WithTriviaFrom(core.ReturnType));
        if (declaration.Method.IsStatic && !symbol.IsStatic)
            changed = WithStatic(changed);
        editor.ReplaceNode(core, changed);
    }

    /// <summary>What the body returns already, when that fits; else the declared task, or its result for a body that is no task.</summary>
    private static TypeSyntax Returns(MethodDeclarationSyntax core, IMethodSymbol symbol, Declaration declaration, MethodDeclarationSyntax declared, KnownTypes types)
    {
        var shape = types.Returns(symbol, out var result);
        var fits = declaration.Result is null
            ? shape is ReturnShape.Task or ReturnShape.ValueTask or ReturnShape.Void
            : types.Fits(result, declaration.Result);
        if (fits && !(shape == ReturnShape.Void && symbol.IsAsync))
            return core.ReturnType;
        if (symbol.IsAsync || shape is ReturnShape.Task or ReturnShape.TaskOfResult or ReturnShape.ValueTask or ReturnShape.ValueTaskOfResult)
            return declared.ReturnType;
        return declared.ReturnType.DescendantNodesAndSelf().OfType<GenericNameSyntax>().FirstOrDefault()?.TypeArgumentList.Arguments is [var inner]
            ? inner
            : SyntaxFactory.PredefinedType(SyntaxFactory.Token(SyntaxKind.VoidKeyword));
    }

    private static MethodDeclarationSyntax WithStatic(MethodDeclarationSyntax method)
    {
        var word = SyntaxFactory.Token(SyntaxKind.StaticKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        var accessibility = method.Modifiers.LastOrDefault(modifier => SyntaxFacts.IsAccessibilityModifier(modifier.Kind()));
        if (accessibility != default)
            return method.WithModifiers(method.Modifiers.Insert(method.Modifiers.IndexOf(accessibility) + 1, word));
        var leading = method.GetLeadingTrivia();
        return method.WithLeadingTrivia().WithModifiers(method.WithLeadingTrivia().Modifiers.Insert(0, word)).WithLeadingTrivia(leading);
    }
}
