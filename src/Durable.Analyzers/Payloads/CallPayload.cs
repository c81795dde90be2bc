using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Durable.Analyzers.Payloads;

/// <summary>A type that a call of the context stores: the result of an inline step, what a signal brings, a question, an answer, what is published.</summary>
/// <param name="Target">The method that is called.</param>
/// <param name="Type">The type.</param>
/// <param name="Place">The called name.</param>
internal sealed record CallPayload(IMethodSymbol Target, ITypeSymbol Type, Location Place)
{
    /// <summary>The types; none for another call. Not those which a type parameter decides: what that stands for is not known here.</summary>
    public static IEnumerable<CallPayload> In(IInvocationOperation call, KnownTypes types)
    {
        var target = call.TargetMethod;
        if (!ContextPayloads.IsCall(target, types))
            return [];
        return new[] { ContextPayloads.Received(target), ContextPayloads.Sent(target) }.OfType<ITypeSymbol>()
            .Where(type => !ContextPayloads.IsOpen(type)).Distinct(SymbolEqualityComparer.Default).Cast<ITypeSymbol>()
            .Select(type => new CallPayload(target, type, Called(call.Syntax).GetLocation()));
    }

    /// <summary>What the assembly's generated code cannot name of the type.</summary>
    public IReadOnlyList<DeclarationProblem> Hidden(KnownTypes types)
    {
        var problems = new List<DeclarationProblem>();
        PayloadAccess.Check(Type, Place, Target, types.Compilation.Assembly, types, problems);
        return [.. problems.Where(problem => problem.Kind == DeclarationProblemKind.PayloadNotAccessible)];
    }

    private static SyntaxNode Called(SyntaxNode call) => call is not InvocationExpressionSyntax invocation ? call : invocation.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        var other => other,
    };
}
