using Durable.Analyzers.Payloads;
using Durable.Declarations;
using Durable.Payloads;
using Durable.Payloads.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace Durable.CodeFixes.Payloads;

/// <summary>The place of a diagnostic about a payload: where an argument or result is declared, or an inline step is called. It is found again after an edit that adds attributes.</summary>
/// <param name="Node">The parameter, the method of a result or signal, or the call.</param>
internal sealed record PayloadPlace(SyntaxNode Node)
{
    /// <summary>The namespace around it; empty for the global one.</summary>
    public string Namespace => string.Join(".", Node.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Reverse().Select(space => space.Name.ToString()));

    /// <summary>The place at a span; null for another.</summary>
    public static PayloadPlace? At(SyntaxNode root, TextSpan span)
    {
        if (!root.FullSpan.Contains(span))
            return null;
        return root.FindToken(span.Start).Parent?.AncestorsAndSelf().FirstOrDefault(node => node switch
        {
            ParameterSyntax parameter => parameter.Identifier.Span == span,
            MethodDeclarationSyntax method => method.ReturnType.Span == span,
            InvocationExpressionSyntax call => call.Expression.Span.End == span.End && call.Expression.Span.Contains(span),
            _ => false,
        }) is { } node ? new PayloadPlace(node) : null;
    }

    /// <summary>The same place in another version of the file, which has more attributes.</summary>
    public PayloadPlace? In(SyntaxNode root)
    {
        var index = Alike(Node.SyntaxTree.GetRoot()).ToList().IndexOf(Node);
        return Alike(root).ElementAtOrDefault(index) is { } node ? new PayloadPlace(node) : null;
    }

    /// <summary>What is wrong with the payload there.</summary>
    public IReadOnlyList<FoundProblem> Problems(Compilation compilation, CancellationToken cancellationToken)
    {
        if (KnownTypes.Create(compilation) is not { } types || !compilation.ContainsSyntaxTree(Node.SyntaxTree))
            return [];
        var model = compilation.GetSemanticModel(Node.SyntaxTree);
        var stored = Node switch
        {
            ParameterSyntax => [(model.GetDeclaredSymbol(Node, cancellationToken) as IParameterSymbol)?.Type],
            MethodDeclarationSyntax => [Result(model.GetDeclaredSymbol(Node, cancellationToken) as IMethodSymbol, types)],
            _ => model.GetOperation(Node, cancellationToken) is IInvocationOperation call ? CallPayload.In(call, types).Select(payload => (ITypeSymbol?)payload.Type) : [],
        };
        var container = Node is not InvocationExpressionSyntax && Node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } declared ? model.GetDeclaredSymbol(declared, cancellationToken)?.ContainingType : null;
        return [.. stored.OfType<ITypeSymbol>().SelectMany(type => PayloadReader.Problems(type, container, compilation, cancellationToken))];
    }

    private static ITypeSymbol? Result(IMethodSymbol? method, KnownTypes types)
    {
        if (method is not null && types.IsSignal(method))
            return SignalReading.Payload(method, types);
        ITypeSymbol? result = null;
        if (method is not null)
            types.Returns(method, out result);
        return result;
    }

    private IEnumerable<SyntaxNode> Alike(SyntaxNode root) => root.DescendantNodes().Where(node => node.RawKind == Node.RawKind);
}
