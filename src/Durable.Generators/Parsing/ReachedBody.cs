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
            .SelectMany(call => Target(call) is { } target ? call.ArgumentList.Arguments.Where(argument => DurableCall.IsStepBody(argument, target, types)) : [])
            .Select(argument => argument.Expression)
            .Where(expression => expression is AnonymousFunctionExpressionSyntax));
        Nodes = [.. syntax.DescendantNodes(node => !stepBodies.Contains(node)).Where(node => !stepBodies.Contains(node))];
        cancellationToken.ThrowIfCancellationRequested();
        Calls = [.. Nodes.OfType<InvocationExpressionSyntax>().Where(call => !IsNameOf(call)).Select(call => new Call(call, Target(call)))];
        BranchMethods = [.. Nodes.OfType<ArgumentSyntax>().Where(argument => TakesBranch(argument, types)).Select(argument => argument.Expression is MemberAccessExpressionSyntax access ? access.Name : argument.Expression as SimpleNameSyntax)
            .OfType<SimpleNameSyntax>().Where(name => Model.GetSymbolInfo(name).Symbol is IMethodSymbol)];
        Reaches = [.. Calls.Select(call => call.Target).Concat(BranchMethods.Select(Target)).Concat(Nodes.Select(Implicit)).OfType<IMethodSymbol>().Where(target => CanRead(target, types))];
    }

    public IMethodSymbol Method { get; }

    /// <summary>True for an async method: what it returns is not its task but the task's result.</summary>
    public bool IsAsync => (Method.PartialImplementationPart ?? Method).IsAsync;

    public SemanticModel Model { get; }

    /// <summary>The nodes of the code.</summary>
    public IReadOnlyList<SyntaxNode> Nodes { get; }

    /// <summary>The calls in it; without target where the compiler found none.</summary>
    public IReadOnlyList<Call> Calls { get; }

    /// <summary>The methods that are given to calls as branches.</summary>
    public IReadOnlyList<SimpleNameSyntax> BranchMethods { get; }

    /// <summary>The methods, getters and constructors that it runs and whose code is here.</summary>
    public IReadOnlyList<IMethodSymbol> Reaches { get; }

    /// <summary>True for a method whose code is here and is what a call runs, whatever the receiver.</summary>
    public static bool CanRead(IMethodSymbol target, KnownTypes types)
        => !DurableCall.Is(target, types)
            && target.MethodKind is MethodKind.Ordinary or MethodKind.PropertyGet or MethodKind.Constructor
            && !target.IsAbstract && !target.IsExtern
            && (!(target.IsVirtual || target.IsOverride) || target.IsSealed || target.ContainingType.IsSealed)
            && target.DeclaringSyntaxReferences.Length > 0;

    /// <summary>Reads a method's code; null when there is none.</summary>
    public static ReachedBody? Read(IMethodSymbol method, KnownTypes types, CancellationToken cancellationToken)
    {
        method = method.PartialImplementationPart ?? method;
        var code = Code(method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken));
        if (code is null)
            return null;
#pragma warning disable RS1030 // Helpers live in other files than the declaration: their trees have models of their own, read once a transform.
        return new ReachedBody(method.PartialDefinitionPart ?? method, code, types.Compilation.GetSemanticModel(code.SyntaxTree), types, cancellationToken);
#pragma warning restore RS1030
    }

    /// <summary>A method as it was declared: neither reduced nor constructed, and of a partial one the defining half.</summary>
    public static IMethodSymbol Declared(IMethodSymbol method)
    {
        var original = (method.ReducedFrom ?? method).OriginalDefinition;
        return original.PartialDefinitionPart ?? original;
    }

    /// <summary>The method that a call names, as it was declared; null when the compiler found none.</summary>
    public IMethodSymbol? Target(ExpressionSyntax call) => DeclaredOrNone(Model.GetSymbolInfo(call).Symbol);

    /// <summary>The functions around a node, from the inside out, up to the method itself.</summary>
    public IEnumerable<SyntaxNode> FunctionsAround(SyntaxNode node)
        => node.Ancestors().TakeWhile(ancestor => ancestor is not MethodDeclarationSyntax).Where(ancestor => ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);

    private bool TakesBranch(ArgumentSyntax argument, KnownTypes types) => argument.Parent?.Parent switch
    {
        InvocationExpressionSyntax call => Target(call) is { } target && (DurableCall.TakesBranch(target, types) || DurableCall.RunsBranches(target, types)) && !DurableCall.IsStepBody(argument, target, types),
        BaseObjectCreationExpressionSyntax creation => DurableCall.IsBranch(Model.GetTypeInfo(creation).Type, types),
        _ => false,
    };

    private static SyntaxNode? Code(SyntaxNode? declaration) => declaration switch
    {
        BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
        AccessorDeclarationSyntax accessor => (SyntaxNode?)accessor.Body ?? accessor.ExpressionBody,
        // The getter of a property without braces.
        ArrowExpressionClauseSyntax arrow => arrow,
        _ => null,
    };

    /// <summary>What an expression runs without looking like a call.</summary>
    private IMethodSymbol? Implicit(SyntaxNode node) => node switch
    {
        SimpleNameSyntax => DeclaredOrNone((Model.GetSymbolInfo(node).Symbol as IPropertySymbol)?.GetMethod),
        BaseObjectCreationExpressionSyntax => DeclaredOrNone(Model.GetSymbolInfo(node).Symbol),
        _ => null,
    };

    private static IMethodSymbol? DeclaredOrNone(ISymbol? symbol) => symbol is IMethodSymbol method ? Declared(method) : null;

    private static bool IsNameOf(InvocationExpressionSyntax call) => call.Expression is IdentifierNameSyntax { Identifier.Text: "nameof" };

    /// <summary>A call.</summary>
    /// <param name="Syntax">The call.</param>
    /// <param name="Target">The method as declared; null when the compiler found none.</param>
    internal sealed record Call(InvocationExpressionSyntax Syntax, IMethodSymbol? Target);
}
