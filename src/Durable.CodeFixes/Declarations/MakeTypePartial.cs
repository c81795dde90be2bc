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

/// <summary>Adds <c>partial</c> to a type and to the types around it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakeTypePartial))]
[Shared]
public sealed class MakeTypePartial : DeclarationFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DeclarationRules.TypeNotPartial.Id];

    internal override string Summary => "Make the types partial";

    private protected override string Title(SyntaxNode target) => $"Make '{((TypeDeclarationSyntax)target).Identifier.ValueText}' partial";

    private protected override SyntaxNode? Target(SemanticModel model, TextSpan span, CancellationToken cancellationToken)
        => Around<TypeDeclarationSyntax>(model, span, cancellationToken);

    private protected override void Edit(SyntaxEditor editor, SemanticModel model, SyntaxNode target)
    {
        foreach (var type in target.AncestorsAndSelf().OfType<TypeDeclarationSyntax>())
            editor.ReplaceNode(type, static (current, _) => WithPartial((TypeDeclarationSyntax)current));
    }

    private static TypeDeclarationSyntax WithPartial(TypeDeclarationSyntax type)
    {
        if (type.Modifiers.Any(SyntaxKind.PartialKeyword))
            return type;
        var partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (type.Modifiers.Count > 0)
            return type.WithModifiers(type.Modifiers.Add(partial));

        // The first word of the type takes over what stands before it.
        var keyword = type.Keyword;
        return type
            .WithKeyword(keyword.WithLeadingTrivia())
            .WithModifiers(SyntaxFactory.TokenList(partial.WithLeadingTrivia(keyword.LeadingTrivia)));
    }
}
