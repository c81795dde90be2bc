using System.Collections.Immutable;
using System.Composition;
using Durable.Analyzers.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Text;

namespace Durable.CodeFixes.Declarations;

/// <summary>Takes a default value out of a <c>Core</c>. It is not moved to the declaration: a default there decides what a stored call means.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DropCoreDefault))]
[Shared]
public sealed class DropCoreDefault : DeclarationFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DeclarationRules.CoreDefault.Id];

    internal override string Summary => "Remove the defaults from the bodies";

    private protected override string Title(SyntaxNode target) => $"Remove the default of '{((ParameterSyntax)target).Identifier.ValueText}'";

    private protected override SyntaxNode? Target(SemanticModel model, TextSpan span, CancellationToken cancellationToken)
        => Around<ParameterSyntax>(model, span, cancellationToken) is { Default: not null } parameter ? parameter : null;

    /// <summary>With the defaults before it: a parameter without one may not follow a parameter with one.</summary>
    private protected override IReadOnlyList<SyntaxNode> Targets(SemanticModel model, TextSpan span, CancellationToken cancellationToken)
        => Target(model, span, cancellationToken) is ParameterSyntax { Parent: ParameterListSyntax list } parameter
            ? [parameter, .. list.Parameters.TakeWhile(before => before != parameter).Where(before => before.Default is not null)]
            : [];

    private protected override void Edit(SyntaxEditor editor, SemanticModel model, SyntaxNode target)
    {
        var parameter = (ParameterSyntax)target;
        // The blanks around the equals sign go with it, a comment there does not.
        var behind = parameter.Identifier.TrailingTrivia.Concat(parameter.Default!.EqualsToken.TrailingTrivia)
            .Where(trivia => !string.IsNullOrWhiteSpace(trivia.ToString()))
            .Concat(parameter.Default.GetTrailingTrivia());
        editor.ReplaceNode(parameter, parameter.WithDefault(null).WithIdentifier(parameter.Identifier.WithTrailingTrivia(behind)));
    }
}
