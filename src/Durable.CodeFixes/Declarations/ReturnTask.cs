using System.Collections.Immutable;
using System.Composition;
using Durable.Analyzers.Declarations;
using Durable.Declarations;
using Durable.Payloads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Text;

namespace Durable.CodeFixes.Declarations;

/// <summary>Lets a declaration return a task of what it returns; a wait for a signal that has a limit a task of its result. A body may stay as it is.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(ReturnTask))]
[Shared]
public sealed class ReturnTask : DeclarationFix
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [DeclarationRules.WrongReturnType.Id];

    internal override string Summary => "Let the declarations return tasks";

    private protected override string Title(SyntaxNode target) => $"Let '{((MethodDeclarationSyntax)target).Identifier.ValueText}' return a task";

    /// <summary>Where others use the method already, or ask for it as it is, they would have to change as well: that is not for a fix to do.</summary>
    private protected override SyntaxNode? Target(SemanticModel model, TextSpan span, CancellationToken cancellationToken)
        => Around<MethodDeclarationSyntax>(model, span, cancellationToken) is { } method
            && model.GetDeclaredSymbol(method, cancellationToken) is { IsOverride: false, IsVirtual: false, IsAbstract: false, ReturnsByRef: false, ReturnsByRefReadonly: false } symbol
            && KnownTypes.Create(model.Compilation) is { } types
            && Result(symbol, types) is var (result, _)
            && CanBeResult(result, symbol.ContainingType, model.Compilation, cancellationToken)
            && !DeclaredSignature.Implements(symbol)
            && !IsUsed(symbol, model.Compilation, cancellationToken)
            ? method
            : null;

    private protected override void Edit(SyntaxEditor editor, SemanticModel model, SyntaxNode target)
    {
        var method = (MethodDeclarationSyntax)target;
        if (KnownTypes.Create(model.Compilation) is not { } types || model.GetDeclaredSymbol(method) is not { } symbol || Result(symbol, types) is not var (result, isTimed))
            return;
        var written = result is null ? "" : $"<{(SymbolEqualityComparer.Default.Equals(result, symbol.ReturnType) ? method.ReturnType : method.ReturnType.DescendantNodesAndSelf().OfType<GenericNameSyntax>().First().TypeArgumentList.Arguments[0]).WithoutTrivia()}>";
        if (isTimed)
            written = $"<global::Durable.WaitResult{written}>";
        var task = CoreSignature.Global($"System.Threading.Tasks.Task{written}");
        editor.ReplaceNode(method, method.WithReturnType(task.WithTriviaFrom(method.ReturnType)));
    }

    /// <summary>What the task is of, null for nothing, and whether it is the result of a wait with a limit. Null where only the user knows: a wait without one has no such result.</summary>
    private static (ITypeSymbol? Result, bool IsTimed)? Result(IMethodSymbol method, KnownTypes types)
    {
        var returns = types.Returns(method, out var result);
        if (!types.IsSignal(method) || types.IsStep(method) || types.IsWorkflow(method) || method.Parameters.Length == 0)
            return returns > ReturnShape.ValueTaskOfResult ? (result, false) : null;
        return method.Parameters is [var only] && KnownTypes.Same(only.Type, types.TimeSpan) ? (result, true) : null;
    }

    private static bool CanBeResult(ITypeSymbol? type, INamedTypeSymbol container, Compilation compilation, CancellationToken cancellationToken)
        => type is null
            || (type is { IsRefLikeType: false, TypeKind: not (TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.Error) }
                && !PayloadReader.Read(type, container, compilation, cancellationToken).Problems.Any());

    private static bool IsUsed(IMethodSymbol method, Compilation compilation, CancellationToken cancellationToken) => compilation.SyntaxTrees
        .SelectMany(tree => tree.GetRoot(cancellationToken).DescendantNodes(descendIntoTrivia: true))
        .OfType<SimpleNameSyntax>()
        .Where(name => name.Identifier.ValueText == method.Name)
        .Select(name => compilation.GetSemanticModel(name.SyntaxTree).GetSymbolInfo(name, cancellationToken))
        .Any(info => info.CandidateSymbols.Add(info.Symbol!).Any(symbol => SymbolEqualityComparer.Default.Equals(symbol?.OriginalDefinition, method.OriginalDefinition)));
}
