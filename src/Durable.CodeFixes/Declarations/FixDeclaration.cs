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

/// <summary>Gives a declaration the signature of its <c>Core</c>, wherever the declaration stands; the body stays.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FixDeclaration))]
[Shared]
public sealed class FixDeclaration : DeclarationFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DeclarationRules.CoreMismatched.Id];

    internal override string Summary => "Change the signatures of the declarations";

    private protected override string Title(SyntaxNode target) => $"Change the signature of '{((MethodDeclarationSyntax)target).Identifier.ValueText}'";

    private protected override SyntaxNode? Target(SemanticModel model, TextSpan span, CancellationToken cancellationToken)
        => Around<MethodDeclarationSyntax>(model, span, cancellationToken) is { } core
            && KnownTypes.Create(model.Compilation) is { } types
            && model.GetDeclaredSymbol(core, cancellationToken) is { } symbol
            && CoreSignature.DeclarationOf(symbol, types) is { } declaration
            && DeclaredSignature.Of(declaration, symbol, types) is not null
            ? declaration.Method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken)
            : null;

    private protected override void Edit(SyntaxEditor editor, SemanticModel model, SyntaxNode target)
    {
        var method = (MethodDeclarationSyntax)target;
        if (KnownTypes.Create(model.Compilation) is not { } types || CoreSignature.Declared(model, method) is not { } declaration)
            return;
        var core = declaration.Method.ContainingType.GetMembers(DeclarationNames.Core(declaration.Method)).OfType<IMethodSymbol>().FirstOrDefault();
        if (core is null || DeclaredSignature.Of(declaration, core, types) is not { } signature)
            return;
        editor.ReplaceNode(method, method
            .WithReturnType(signature.Returns.WithTriviaFrom(method.ReturnType))
            .WithParameterList(signature.Parameters.Like(method.ParameterList)));
    }
}
