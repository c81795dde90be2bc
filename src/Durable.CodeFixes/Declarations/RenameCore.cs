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

/// <summary>Gives the body that a rename of its declaration left behind the name that belongs to it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenameCore))]
[Shared]
public sealed class RenameCore : DeclarationFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DeclarationRules.CoreMissing.Id];

    internal override string Summary => "Rename the bodies that kept the old names of their declarations";

    private protected override string Title(SyntaxNode target) => $"Rename its body '{((MethodDeclarationSyntax)target).Identifier.ValueText}'";

    /// <summary>The body left behind. It is mentioned nowhere else in its type, so that its own name is all there is to change.</summary>
    private protected override SyntaxNode? Target(SemanticModel model, TextSpan span, CancellationToken cancellationToken)
        => Around<MethodDeclarationSyntax>(model, span, cancellationToken) is { } declaration
            && KnownTypes.Create(model.Compilation) is { } types
            && model.GetDeclaredSymbol(declaration, cancellationToken) is { } renamed
            ? OrphanCore.Of(renamed, types, cancellationToken)?.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken)
            : null;

    private protected override void Edit(SyntaxEditor editor, SemanticModel model, SyntaxNode target) => Write(editor, model, (MethodDeclarationSyntax)target);

    /// <summary>Renames one body.</summary>
    internal static void Write(SyntaxEditor editor, SemanticModel model, MethodDeclarationSyntax core)
    {
        if (KnownTypes.Create(model.Compilation) is not { } types || model.GetDeclaredSymbol(core) is not { } orphan)
            return;
        var owner = DeclarationNames.Declared(orphan.ContainingType, types)
            .FirstOrDefault(method => SymbolEqualityComparer.Default.Equals(OrphanCore.Of(method, types, default), orphan));
        if (owner is not null)
            editor.ReplaceNode(core, core.WithIdentifier(SyntaxFactory.Identifier(DeclarationNames.Core(owner)).WithTriviaFrom(core.Identifier)));
    }
}
