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

/// <summary>Lets the whole assembly, and with it generated code, name the result of an inline step: the type itself, those around it, and those that it would show.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePayloadAccessible))]
[Shared]
public sealed class MakePayloadAccessible : DeclarationFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DeclarationRules.PayloadNotNameable.Id];

    internal override string Summary => "Make the types internal";

    private protected override string Title(SyntaxNode target) => $"Make '{Name(target)}' internal";

    private protected override SyntaxNode? Target(SemanticModel model, TextSpan span, CancellationToken cancellationToken)
        => Targets(model, span, cancellationToken).FirstOrDefault();

    private protected override IReadOnlyList<SyntaxNode> Targets(SemanticModel model, TextSpan span, CancellationToken cancellationToken)
    {
        var hidden = new HiddenTypes(model.Compilation);
        if (Type(model, span, cancellationToken) is not { } type || !hidden.Add(type))
            return [];
        return [.. hidden.All.SelectMany(one => Parts(one, cancellationToken))];
    }

    private protected override async Task<IReadOnlyList<SyntaxNode>> FindAsync(Document document, SemanticModel model, TextSpan span, CancellationToken cancellationToken)
    {
        var targets = Targets(model, span, cancellationToken);
        if (targets.Count == 0 || targets.Any(target => document.Project.Solution.GetDocument(target.SyntaxTree) is null))
            return [];
        var edited = await Edited(document.Project.Solution, targets, cancellationToken).ConfigureAwait(false);
        return Trial.Compiles(model.Compilation, edited, cancellationToken) ? targets : [];
    }

    /// <summary>Who derives from the outer type in another assembly goes on to see a protected type.</summary>
    private protected override void Edit(SyntaxEditor editor, SemanticModel model, SyntaxNode target)
    {
        if (model.GetDeclaredSymbol(target) is { } type)
            editor.SetAccessibility(target, type.DeclaredAccessibility == Accessibility.Protected ? Accessibility.ProtectedOrInternal : Accessibility.Internal);
    }

    private static ITypeSymbol? Type(SemanticModel model, TextSpan span, CancellationToken cancellationToken)
        => Around<InvocationExpressionSyntax>(model, span, cancellationToken) is { } call && model.GetSymbolInfo(call, cancellationToken).Symbol is IMethodSymbol { TypeArguments: [var result] } ? result : null;

    /// <summary>The parts of a type that say who may use it; where none does, the first one will.</summary>
    private static IEnumerable<SyntaxNode> Parts(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        var parts = type.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellationToken)).ToList();
        var telling = parts.Where(part => part is MemberDeclarationSyntax member && member.Modifiers.Any(modifier => SyntaxFacts.IsAccessibilityModifier(modifier.Kind()))).ToList();
        return telling.Count > 0 ? telling : parts.Take(1);
    }

    private static string Name(SyntaxNode type) => type switch
    {
        BaseTypeDeclarationSyntax declared => declared.Identifier.ValueText,
        DelegateDeclarationSyntax declared => declared.Identifier.ValueText,
        _ => type.ToString(),
    };
}
