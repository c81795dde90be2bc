using System.Collections.Immutable;
using System.Composition;
using Durable.Analyzers.Declarations;
using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;
using Microsoft.CodeAnalysis.Text;

namespace Durable.CodeFixes.Declarations;

/// <summary>Returns a task that has ended where a <c>Core</c> returns null: with no result, or with null where that is a result.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReturnCompletedTask))]
[Shared]
public sealed class ReturnCompletedTask : DeclarationFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DeclarationRules.NullTask.Id];

    internal override string Summary => "Return completed tasks";

    private protected override string Title(SyntaxNode target) => "Return a completed task";

    private protected override SyntaxNode? Target(SemanticModel model, TextSpan span, CancellationToken cancellationToken)
        => model.SyntaxTree.GetRoot(cancellationToken).FindNode(span) is ExpressionSyntax value && Task(value, model) is not null ? value : null;

    private protected override void Edit(SyntaxEditor editor, SemanticModel model, SyntaxNode target)
    {
        if (Task((ExpressionSyntax)target, model) is { } task)
        {
            var written = SyntaxFactory.ParseExpression(task);
            var shortened = written.ReplaceNodes(written.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>(), (_, name) => name.WithAdditionalAnnotations(Simplifier.Annotation));
            editor.ReplaceNode(target, shortened.WithTriviaFrom(target));
        }
    }

    /// <summary>The task; null where a result is needed that only the user knows.</summary>
    private static string? Task(ExpressionSyntax value, SemanticModel model)
    {
        const string Tasks = "global::System.Threading.Tasks.Task";
        if (value.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method || KnownTypes.Create(model.Compilation) is not { } types || model.GetDeclaredSymbol(method) is not { } core)
            return null;
        if (types.Returns(core, out var result) == ReturnShape.Task)
            return Tasks + ".CompletedTask";
        var mayBeNull = result is { IsReferenceType: true, NullableAnnotation: not NullableAnnotation.NotAnnotated } or { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T };
        return mayBeNull && method.ReturnType.DescendantNodesAndSelf().OfType<GenericNameSyntax>().FirstOrDefault()?.TypeArgumentList.Arguments is [var argument]
            ? $"{Tasks}.FromResult<{argument}>(null)"
            : null;
    }
}
