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

/// <summary>Gives a <c>Core</c> the signature that its declaration asks for, where its body has what it needs then.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FixCoreSignature))]
[Shared]
public sealed class FixCoreSignature : SignatureFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DeclarationRules.CoreMismatched.Id];

    internal override string Summary => "Change the signatures of all bodies";

    private protected override string Title(SyntaxNode target) => $"Change the signature of '{((MethodDeclarationSyntax)target).Identifier.ValueText}'";

    private protected override SyntaxNode? Target(SemanticModel model, TextSpan span, CancellationToken cancellationToken)
        => Around<MethodDeclarationSyntax>(model, span, cancellationToken);

    private protected override ParameterListSyntax? Parameters(IMethodSymbol method, KnownTypes types)
        => CoreSignature.DeclarationOf(method, types) is { } declaration ? CoreSignature.Parameters(declaration, method) : null;

    /// <summary>True where the body uses a parameter that goes, which may be there under another meaning, or a name that a new parameter takes.</summary>
    private protected override Task<bool> ChangesMeaningAsync(IMethodSymbol method, ParameterListSyntax parameters, MethodUses uses, KnownTypes types)
    {
        var names = parameters.Parameters.Select(parameter => parameter.Identifier.ValueText).ToList();
        return Task.FromResult(uses.NamesIn(method).Any(used => used.Symbol is IParameterSymbol parameter && SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, method)
            ? !names.Contains(parameter.Name)
            : used.Symbol is not null && names.Contains(used.Name)));
    }

    private protected override void Edit(SyntaxEditor editor, SemanticModel model, SyntaxNode target)
    {
        if (target is InvocationExpressionSyntax call)
        {
            EditCall(editor, model, call);
            return;
        }

        var core = (MethodDeclarationSyntax)target;
        if (KnownTypes.Create(model.Compilation) is not { } types || model.GetDeclaredSymbol(core) is not { } symbol
            || CoreSignature.DeclarationOf(symbol, types) is not { } declaration)
            return;
        if (declaration.Method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is not MethodDeclarationSyntax declared)
            return;
        var parameters = CoreSignature.Parameters(declaration, symbol).Like(core.ParameterList);
        var returns = Returns(core, symbol, declaration, declared, types).WithTriviaFrom(core.ReturnType);
        editor.ReplaceNode(core, (current, _) =>
        {
            var changed = ((MethodDeclarationSyntax)current).WithTypeParameterList(null).WithConstraintClauses(default).WithParameterList(parameters).WithReturnType(returns);
            return declaration.Method.IsStatic && !symbol.IsStatic ? WithStatic(changed) : changed;
        });
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
        // Where the argument of the declared task is not written yet, the body's type is the best there is.
        return declared.ReturnType.DescendantNodesAndSelf().OfType<GenericNameSyntax>().FirstOrDefault()?.TypeArgumentList.Arguments is [var inner]
            ? inner is OmittedTypeArgumentSyntax ? core.ReturnType : inner
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
