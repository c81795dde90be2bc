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

/// <summary>Completes a rename of a workflow or step so that runs in flight do not notice it: the body takes the new name, the attribute the old one, which the body still tells.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenameCoreAndPinName))]
[Shared]
public sealed class RenameCoreAndPinName : DeclarationFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DeclarationRules.CoreMissing.Id];

    internal override string Summary => "Rename the bodies that kept the old names of their declarations, and keep the old names for what is stored";

    private protected override int FewestTargets => 2;

    private protected override string Title(SyntaxNode target) => $"Rename its body '{((MethodDeclarationSyntax)target).Identifier.ValueText}' and keep the old name for what is stored";

    private protected override SyntaxNode? Target(SemanticModel model, TextSpan span, CancellationToken cancellationToken)
        => Around<MethodDeclarationSyntax>(model, span, cancellationToken);

    /// <summary>The body that was left behind, and the attribute.</summary>
    private protected override IReadOnlyList<SyntaxNode> Targets(SemanticModel model, TextSpan span, CancellationToken cancellationToken)
        => Target(model, span, cancellationToken) is MethodDeclarationSyntax declaration
            && KnownTypes.Create(model.Compilation) is { } types
            && model.GetDeclaredSymbol(declaration, cancellationToken) is { } renamed
            && NamePin.Place(renamed, types, cancellationToken) is { } attribute
            && OrphanCore.Of(renamed, types, cancellationToken)?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is { } core
            ? [core, attribute]
            : [];

    private protected override void Edit(SyntaxEditor editor, SemanticModel model, SyntaxNode target)
    {
        if (target is MethodDeclarationSyntax core)
            RenameCore.Write(editor, model, core);
        else if (target is AttributeSyntax attribute && KnownTypes.Create(model.Compilation) is { } types
            && attribute.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } declaration
            && model.GetDeclaredSymbol(declaration) is { } renamed && OrphanCore.Of(renamed, types, default) is { } orphan)
            editor.ReplaceNode(attribute, NamePin.Write(attribute, DeclarationNames.Default(renamed.ContainingType, OrphanCore.OldName(orphan), types.IsWorkflow(renamed), types)));
    }
}
