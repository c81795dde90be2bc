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

/// <summary>Makes a method partial and moves its body into a <c>Core</c> below it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SplitBody))]
[Shared]
public sealed class SplitBody : DeclarationFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DeclarationRules.MethodNotPartial.Id, DeclarationRules.HasBody.Id];

    internal override string Summary => "Move the bodies out of the declarations";

    private protected override string Title(SyntaxNode target)
        => target is MethodDeclarationSyntax method && HasBody(method)
            ? $"Move the body of '{method.Identifier.ValueText}' into '{BodySplit.CoreName(method)}'"
            : $"Make '{((MethodDeclarationSyntax)target).Identifier.ValueText}' partial";

    private protected override SyntaxNode? Target(SemanticModel model, TextSpan span, CancellationToken cancellationToken)
        => Around<MethodDeclarationSyntax>(model, span, cancellationToken) is { } method
            && model.GetDeclaredSymbol(method, cancellationToken) is { } symbol
            && !DropSignalBody.IsSignal(symbol, model.Compilation)
            && WhatHasTheBody(method, symbol, cancellationToken) is { } target
            && (!HasBody(target) || !IsTaken(BodySplit.CoreName(target), symbol))
            ? target
            : null;

    private protected override void Edit(SyntaxEditor editor, SemanticModel model, SyntaxNode target)
    {
        var method = (MethodDeclarationSyntax)target;
        var declared = model.GetDeclaredSymbol(method)?.PartialDefinitionPart is not null;
        var core = BodySplit.Core(method);
        if (declared)
        {
            editor.ReplaceNode(method, core.WithLeadingTrivia(method.GetLeadingTrivia()));
            return;
        }

        if (HasBody(method))
            editor.InsertAfter(method, BodySplit.Below(method, core));
        editor.ReplaceNode(method, BodySplit.Declaration(method));
    }

    /// <summary>The implementing half where the user wrote both, else the method itself. Null where the half with the body is in another file or carries the attribute.</summary>
    internal static MethodDeclarationSyntax? WhatHasTheBody(MethodDeclarationSyntax method, IMethodSymbol symbol, CancellationToken cancellationToken)
    {
        if (symbol.PartialImplementationPart is not { } implementation)
            return method.Modifiers.Any(SyntaxKind.AbstractKeyword) || method.Modifiers.Any(SyntaxKind.ExternKeyword) ? null : method;
        return implementation.DeclaringSyntaxReferences.FirstOrDefault() is { } reference && reference.SyntaxTree == method.SyntaxTree
            && reference.GetSyntax(cancellationToken) is MethodDeclarationSyntax { AttributeLists.Count: 0 } half
            ? half
            : null;
    }

    /// <summary>An overload may have its body under the same name.</summary>
    private static bool IsTaken(string name, IMethodSymbol method) => method.ContainingType.GetMembers(name).Any(member
        => member is not IMethodSymbol other || other.Parameters.Select(parameter => parameter.Type).SequenceEqual(method.Parameters.Select(parameter => parameter.Type), SymbolEqualityComparer.Default));

    internal static bool HasBody(MethodDeclarationSyntax method) => method.Body is not null || method.ExpressionBody is not null;
}
