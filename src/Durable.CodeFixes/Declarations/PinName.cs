using System.Composition;
using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.CodeFixes.Declarations;

/// <summary>Writes the name that a workflow, step or signal has by its method into its attribute: before a rename, so that what is stored is still found after it.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(PinName))]
[Shared]
public sealed class PinName : CodeRefactoringProvider
{
    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var document = context.Document;
        if (await document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model
            || await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root
            || KnownTypes.Create(model.Compilation) is not { } types
            || root.FindToken(context.Span.Start).Parent?.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method || IsInBody(method, context.Span.Start)
            || model.GetDeclaredSymbol(method, context.CancellationToken) is not { } symbol
            || DeclarationReader.Read(symbol, types, context.CancellationToken) is not { } declaration
            || NamePin.Place(declaration.Method, types, context.CancellationToken) is not { } attribute || attribute.SyntaxTree != root.SyntaxTree)
            return;
        var title = declaration.Kind switch { DeclarationKind.Workflow => "Pin workflow name", DeclarationKind.Signal => "Pin signal name", _ => "Pin step name" };
        context.RegisterRefactoring(CodeAction.Create(
            title,
            _ => Task.FromResult(document.WithSyntaxRoot(root.ReplaceNode(attribute, NamePin.Write(attribute, declaration.Name)))),
            nameof(PinName)));
    }

    private static bool IsInBody(MethodDeclarationSyntax method, int position)
        => method.Body?.Span.Contains(position) == true || method.ExpressionBody?.Span.Contains(position) == true;
}
