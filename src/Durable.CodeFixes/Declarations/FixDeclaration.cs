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

/// <summary>Gives a declaration the signature of its <c>Core</c>, wherever the declaration stands, and its calls the arguments that it takes then.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(FixDeclaration))]
[Shared]
public sealed class FixDeclaration : SignatureFix
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
            ? declaration.Method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken)
            : null;

    private protected override ParameterListSyntax? Parameters(IMethodSymbol method, KnownTypes types) => Signature(method, types)?.Parameters;

    /// <summary>True where calls of a workflow are made by the generated factory: it is not there yet, so that nothing says which parameters they were written for.</summary>
    private protected override async Task<bool> ChangesMeaningAsync(IMethodSymbol method, ParameterListSyntax parameters, MethodUses uses, KnownTypes types)
        => types.IsWorkflow(method) && method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is MethodDeclarationSyntax declared && !SyntaxFactory.AreEquivalent(declared.ParameterList, parameters)
            && await uses.MentionMissingAsync(DeclarationNames.Call(method)).ConfigureAwait(false);

    private protected override void Edit(SyntaxEditor editor, SemanticModel model, SyntaxNode target)
    {
        if (target is InvocationExpressionSyntax call)
        {
            EditCall(editor, model, call);
            return;
        }

        var method = (MethodDeclarationSyntax)target;
        if (KnownTypes.Create(model.Compilation) is not { } types || model.GetDeclaredSymbol(method) is not { } symbol || Signature(symbol, types) is not { } signature)
            return;
        editor.ReplaceNode(method, method
            .WithReturnType(signature.Returns.WithTriviaFrom(method.ReturnType))
            .WithParameterList(signature.Parameters.Like(method.ParameterList)));
    }

    private static DeclaredSignature? Signature(IMethodSymbol method, KnownTypes types)
        => DeclarationReader.Read(method, types, default) is { } declaration
            && method.ContainingType.GetMembers(DeclarationNames.Core(method)).OfType<IMethodSymbol>().FirstOrDefault() is { } core
            ? DeclaredSignature.Of(declaration, core, types)
            : null;
}
