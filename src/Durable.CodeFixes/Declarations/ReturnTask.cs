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

/// <summary>Lets a declaration return a task of what it returns. Its body may stay as it is.</summary>
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
            && CanBeResult(symbol, model.Compilation, cancellationToken)
            && !DeclaredSignature.Implements(symbol)
            && !IsUsed(symbol, model.Compilation, cancellationToken)
            ? method
            : null;

    private protected override void Edit(SyntaxEditor editor, SemanticModel model, SyntaxNode target)
    {
        var method = (MethodDeclarationSyntax)target;
        var isVoid = method.ReturnType is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };
        var task = CoreSignature.Global(isVoid ? "System.Threading.Tasks.Task" : $"System.Threading.Tasks.Task<{method.ReturnType.WithoutTrivia()}>");
        editor.ReplaceNode(method, method.WithReturnType(task.WithTriviaFrom(method.ReturnType)));
    }

    private static bool CanBeResult(IMethodSymbol method, Compilation compilation, CancellationToken cancellationToken)
        => method.ReturnsVoid
            || (method.ReturnType is { IsRefLikeType: false, TypeKind: not (TypeKind.Pointer or TypeKind.FunctionPointer or TypeKind.Error) }
                && !PayloadReader.Read(method.ReturnType, method.ContainingType, compilation, cancellationToken).Problems.Any());

    private static bool IsUsed(IMethodSymbol method, Compilation compilation, CancellationToken cancellationToken) => compilation.SyntaxTrees
        .SelectMany(tree => tree.GetRoot(cancellationToken).DescendantNodes(descendIntoTrivia: true))
        .OfType<SimpleNameSyntax>()
        .Where(name => name.Identifier.ValueText == method.Name)
        .Select(name => compilation.GetSemanticModel(name.SyntaxTree).GetSymbolInfo(name, cancellationToken))
        .Any(info => info.CandidateSymbols.Add(info.Symbol!).Any(symbol => SymbolEqualityComparer.Default.Equals(symbol?.OriginalDefinition, method.OriginalDefinition)));
}
