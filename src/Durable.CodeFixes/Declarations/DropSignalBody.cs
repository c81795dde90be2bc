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

/// <summary>Makes a wait for a signal partial, without a body: there is nothing to write for it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DropSignalBody))]
[Shared]
public sealed class DropSignalBody : DeclarationFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DeclarationRules.MethodNotPartial.Id, DeclarationRules.HasBody.Id];

    internal override string Summary => "Leave the waits for signals to the generator";

    private protected override string Title(SyntaxNode target)
        => target is MethodDeclarationSyntax method && SplitBody.HasBody(method)
            ? $"Remove the body of '{method.Identifier.ValueText}'"
            : $"Make '{((MethodDeclarationSyntax)target).Identifier.ValueText}' partial";

    private protected override SyntaxNode? Target(SemanticModel model, TextSpan span, CancellationToken cancellationToken)
        => Around<MethodDeclarationSyntax>(model, span, cancellationToken) is { } method
            && model.GetDeclaredSymbol(method, cancellationToken) is { } symbol
            && IsSignal(symbol, model.Compilation)
            ? SplitBody.WhatHasTheBody(method, symbol, cancellationToken)
            : null;

    private protected override void Edit(SyntaxEditor editor, SemanticModel model, SyntaxNode target)
    {
        var method = (MethodDeclarationSyntax)target;
        if (model.GetDeclaredSymbol(method)?.PartialDefinitionPart is not null)
            editor.RemoveNode(method, HasComment(method) ? SyntaxRemoveOptions.KeepExteriorTrivia : SyntaxRemoveOptions.KeepNoTrivia);
        else
            editor.ReplaceNode(method, BodySplit.Declaration(method).WithTrailingTrivia(method.GetTrailingTrivia()));
    }

    private static bool HasComment(MethodDeclarationSyntax method)
        => method.GetLeadingTrivia().Concat(method.GetTrailingTrivia()).Any(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia));

    /// <summary>True for a method that declares a signal and nothing else.</summary>
    internal static bool IsSignal(IMethodSymbol method, Compilation compilation)
        => KnownTypes.Create(compilation) is { } types && (method.PartialDefinitionPart ?? method) is var declared && types.IsSignal(declared) && !types.IsStep(declared) && !types.IsWorkflow(declared);
}
