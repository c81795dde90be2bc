using System.Collections.Immutable;
using System.Composition;
using Durable.Analyzers.Declarations;
using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Text;

namespace Durable.CodeFixes.Declarations;

/// <summary>Writes every missing <c>Core</c> of a type at once, in all of its files.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AddCoresOfType))]
[Shared]
public sealed class AddCoresOfType : DeclarationFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DeclarationRules.CoreMissing.Id];

    internal override string Summary => "Add every missing body of the types";

    /// <summary>A single one has a fix of its own.</summary>
    private protected override int FewestTargets => 2;

    private protected override string Title(SyntaxNode target)
        => $"Add all missing bodies of '{target.FirstAncestorOrSelf<TypeDeclarationSyntax>()!.Identifier.ValueText}'";

    private protected override SyntaxNode? Target(SemanticModel model, TextSpan span, CancellationToken cancellationToken)
        => Around<MethodDeclarationSyntax>(model, span, cancellationToken);

    private protected override IReadOnlyList<SyntaxNode> Targets(SemanticModel model, TextSpan span, CancellationToken cancellationToken)
    {
        if (Target(model, span, cancellationToken) is not { Parent: TypeDeclarationSyntax } target
            || KnownTypes.Create(model.Compilation) is not { } types || model.GetDeclaredSymbol(target, cancellationToken)?.ContainingType is not { } type)
            return [];
        return DeclarationNames.Declared(type, types)
            .Where(method => DeclarationReader.Read(method, types, cancellationToken) is { } read && read.Problems.Any(problem => problem.Kind == DeclarationProblemKind.CoreMissing))
            .Select(method => method.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken))
            .ToList();
    }

    private protected override void Edit(SyntaxEditor editor, SemanticModel model, SyntaxNode target) => AddCore.Write(editor, model, (MethodDeclarationSyntax)target);
}
