using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Durable.Generators.Parsing;

/// <summary>A method's code as workflow code: without the bodies of its inline steps, which run apart.</summary>
internal sealed class ReachedBody
{
    private ReachedBody(IMethodSymbol method, SyntaxNode syntax, SemanticModel model, KnownTypes types, CancellationToken cancellationToken)
    {
        Method = method;
        Model = model;
        var stepBodies = new HashSet<SyntaxNode>(syntax.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(call => Target(call) is { } target && DurableCall.TakesStepBody(target, types))
            .SelectMany(call => call.ArgumentList.Arguments)
            .Select(argument => argument.Expression)
            .Where(expression => expression is AnonymousFunctionExpressionSyntax));
        Nodes = [.. syntax.DescendantNodes(node => !stepBodies.Contains(node)).Where(node => !stepBodies.Contains(node))];
        cancellationToken.ThrowIfCancellationRequested();
        Calls = [.. Nodes.OfType<InvocationExpressionSyntax>().Where(call => !IsNameOf(call)).Select(call => new Call(call, Target(call)))];
        StepBodies = stepBodies;
    }

    public IMethodSymbol Method { get; }

    public SemanticModel Model { get; }

    /// <summary>The nodes of the code.</summary>
    public IReadOnlyList<SyntaxNode> Nodes { get; }

    /// <summary>The calls in it; without target where the compiler found none.</summary>
    public IReadOnlyList<Call> Calls { get; }

    private HashSet<SyntaxNode> StepBodies { get; }

    /// <summary>True for a method whose code is here and is what a call runs, whatever the receiver.</summary>
    public static bool CanRead(IMethodSymbol target, KnownTypes types)
        => !DurableCall.Is(target, types)
            && target.MethodKind is MethodKind.Ordinary
            && !target.IsAbstract && !target.IsExtern
            && (!(target.IsVirtual || target.IsOverride) || target.IsSealed || target.ContainingType.IsSealed)
            && target.DeclaringSyntaxReferences.Length > 0;

    /// <summary>Reads a method's code; null when there is none.</summary>
    public static ReachedBody? Read(IMethodSymbol method, KnownTypes types, CancellationToken cancellationToken)
    {
        method = method.PartialImplementationPart ?? method;
        var syntax = method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) as MethodDeclarationSyntax;
        if (syntax is not { Body: not null } and not { ExpressionBody: not null })
            return null;
        SyntaxNode code = syntax.Body is { } body ? body : syntax.ExpressionBody!;
#pragma warning disable RS1030 // Helpers live in other files than the declaration: their trees have models of their own, read once a transform.
        return new ReachedBody(method.PartialDefinitionPart ?? method, code, types.Compilation.GetSemanticModel(syntax.SyntaxTree), types, cancellationToken);
#pragma warning restore RS1030
    }

    /// <summary>The method that a call names, as it was declared; null when the compiler found none.</summary>
    public IMethodSymbol? Target(ExpressionSyntax call) => Normalize(Model.GetSymbolInfo(call).Symbol);

    /// <summary>The functions around a node, from the inside out, up to the method itself.</summary>
    public IEnumerable<SyntaxNode> FunctionsAround(SyntaxNode node)
        => node.Ancestors().TakeWhile(ancestor => ancestor is not MethodDeclarationSyntax).Where(ancestor => ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);

    /// <summary>True for a lambda that is the body of an inline step.</summary>
    public bool IsStepBody(SyntaxNode node) => StepBodies.Contains(node);

    private static IMethodSymbol? Normalize(ISymbol? symbol)
        => symbol is IMethodSymbol method ? ((method.ReducedFrom ?? method).OriginalDefinition is var original ? original.PartialDefinitionPart ?? original : null) : null;

    private static bool IsNameOf(InvocationExpressionSyntax call) => call.Expression is IdentifierNameSyntax { Identifier.Text: "nameof" };

    /// <summary>A call.</summary>
    /// <param name="Syntax">The call.</param>
    /// <param name="Target">The method as declared; null when the compiler found none.</param>
    internal sealed record Call(InvocationExpressionSyntax Syntax, IMethodSymbol? Target);
}
