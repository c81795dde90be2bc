using System.Composition;
using Durable.Declarations;
using Durable.Payloads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;
using DeclarationKind = Durable.Declarations.DeclarationKind;

namespace Durable.CodeFixes.Declarations;

/// <summary>Makes a step or a workflow of an ordinary method that returns a task: the declaration takes its place, the body stands below it.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(DeclareDurable))]
[Shared]
public sealed class DeclareDurable : CodeRefactoringProvider
{
    private static readonly SyntaxAnnotation s_declared = new("durable declaration");

    /// <inheritdoc/>
    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        var document = context.Document;
        if (await document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false) is not { } model
            || KnownTypes.Create(model.Compilation) is not { } types
            || model.SyntaxTree.GetRoot(context.CancellationToken).FindToken(context.Span.Start).Parent is not MethodDeclarationSyntax method || !method.Identifier.FullSpan.Contains(context.Span.Start)
            || model.GetDeclaredSymbol(method, context.CancellationToken) is not { } symbol || !IsOrdinary(method, symbol, types))
            return;
        foreach (var kind in new[] { DeclarationKind.Step, DeclarationKind.Workflow })
        {
            var title = kind == DeclarationKind.Step ? "Make it a step" : "Make it a workflow";
            if (await Declares(document, model, method, symbol, kind, context.CancellationToken).ConfigureAwait(false))
                context.RegisterRefactoring(CodeAction.Create(title, token => Declare(document, method, Pins(symbol, kind, types, token), kind, token), title));
        }
    }

    private static bool IsOrdinary(MethodDeclarationSyntax method, IMethodSymbol symbol, KnownTypes types)
        => (method.Body is not null || method.ExpressionBody is not null)
            && !method.Modifiers.Any(SyntaxKind.PartialKeyword)
            && !types.IsDeclared(symbol)
            && types.Returns(symbol, out _) <= ReturnShape.ValueTaskOfResult
            && !symbol.ContainingType.GetMembers(DeclarationNames.Core(symbol)).Any();

    /// <summary>True when nothing is wrong with the declaration that would come about.</summary>
    private static async Task<bool> Declares(Document document, SemanticModel model, MethodDeclarationSyntax method, IMethodSymbol symbol, DeclarationKind kind, CancellationToken cancellationToken)
    {
        // The steps that have to be pinned are not yet, which this declaration does not depend on.
        var changed = await Declare(document, method, [], kind, cancellationToken).ConfigureAwait(false);
        if (await changed.GetDocument(document.Id)!.GetSyntaxTreeAsync(cancellationToken).ConfigureAwait(false) is not { } tree)
            return false;
        var compilation = model.Compilation.ReplaceSyntaxTree(model.SyntaxTree, tree);
        var declared = (await tree.GetRootAsync(cancellationToken).ConfigureAwait(false)).GetAnnotatedNodes(s_declared).OfType<MethodDeclarationSyntax>().FirstOrDefault();
        return declared is not null
            && KnownTypes.Create(compilation) is { } types
            && compilation.GetSemanticModel(tree).GetDeclaredSymbol(declared, cancellationToken) is { } read
            && DeclarationReader.Read(read, types, cancellationToken) is { Problems.Count: 0, Core: not null } declaration
            && CanBeStored(declaration, compilation, cancellationToken)
            && KnownTypes.Create(model.Compilation) is { } typesBefore
            && Problems(read.ContainingType, types, cancellationToken) <= Problems(symbol.ContainingType, typesBefore, cancellationToken);
    }

    private static bool CanBeStored(Declaration declaration, Compilation compilation, CancellationToken cancellationToken)
        => declaration.Arguments.Select(argument => argument.Type).Append(declaration.Result).OfType<ITypeSymbol>()
            .All(type => !PayloadReader.Read(type, declaration.Method.ContainingType, compilation, cancellationToken).Problems.Any());

    private static int Problems(INamedTypeSymbol type, KnownTypes types, CancellationToken cancellationToken)
        => DeclarationNames.Declared(type, types).Sum(method => DeclarationReader.Read(method, types, cancellationToken)?.Problems.Count ?? 0);

    /// <summary>The steps and signals whose names come from the type, and would no longer once it declares a workflow.</summary>
    private static IReadOnlyList<(AttributeSyntax Attribute, string Name)> Pins(IMethodSymbol symbol, DeclarationKind kind, KnownTypes types, CancellationToken cancellationToken)
    {
        var declared = DeclarationNames.Declared(symbol.ContainingType, types).ToList();
        if (kind == DeclarationKind.Step || declared.Any(types.IsWorkflow))
            return [];
        return declared
            .Select(step => (Attribute: NamePin.Place(step, types, cancellationToken), Name: DeclarationNames.Default(symbol.ContainingType, step.Name, isWorkflow: false, types)))
            .Where(pin => pin.Attribute is not null)
            .Select(pin => (pin.Attribute!, pin.Name))
            .ToList();
    }

    private static async Task<Solution> Declare(Document document, MethodDeclarationSyntax method, IReadOnlyList<(AttributeSyntax Attribute, string Name)> pins, DeclarationKind kind, CancellationToken cancellationToken)
    {
        var solution = document.Project.Solution;
        var editors = new SolutionEditor(solution);
        var editor = await editors.GetDocumentEditorAsync(document.Id, cancellationToken).ConfigureAwait(false);
        editor.InsertAfter(method, BodySplit.Below(method, BodySplit.Core(method)));
        editor.ReplaceNode(method, WithAttribute(BodySplit.Declaration(method), BodySplit.LineBreak(method), kind).WithAdditionalAnnotations(s_declared));
        foreach (var (attribute, name) in pins)
        {
            if (solution.GetDocument(attribute.SyntaxTree) is { } other)
                (await editors.GetDocumentEditorAsync(other.Id, cancellationToken).ConfigureAwait(false)).ReplaceNode(attribute, NamePin.Write(attribute, name));
        }

        return editors.GetChangedSolution();
    }

    private static MethodDeclarationSyntax WithAttribute(MethodDeclarationSyntax declaration, SyntaxTrivia lineBreak, DeclarationKind kind)
    {
        var name = SyntaxFactory.ParseName("global::Durable." + kind).WithAdditionalAnnotations(Simplifier.Annotation);
        var list = SyntaxFactory.AttributeList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Attribute(name)))
            .WithLeadingTrivia(declaration.GetLeadingTrivia())
            .WithTrailingTrivia(lineBreak);
        var rest = declaration.WithLeadingTrivia(BodySplit.Indentation(declaration));
        return rest.WithAttributeLists(rest.AttributeLists.Insert(0, list));
    }
}
