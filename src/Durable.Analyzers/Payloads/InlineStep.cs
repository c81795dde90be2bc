using Durable.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace Durable.Analyzers.Payloads;

/// <summary>A call of an inline step that has a result.</summary>
/// <param name="Target">The method that is called.</param>
/// <param name="Result">The type of the result.</param>
/// <param name="Place">The called name.</param>
internal sealed record InlineStep(IMethodSymbol Target, ITypeSymbol Result, Location Place)
{
    /// <summary>The step; null for another call, and for one whose result a type parameter decides: what that stands for is not known here.</summary>
    public static InlineStep? Of(IInvocationOperation call, KnownTypes types)
        => call.TargetMethod is { Name: "StepAsync" or "AcquireStepAsync", TypeArguments: [var result] } target && KnownTypes.Same(target.ContainingType, types.WorkflowContext) && !IsOpen(result)
            ? new InlineStep(target, result, Called(call.Syntax).GetLocation())
            : null;

    /// <summary>What the assembly's generated code cannot name of the result.</summary>
    public IReadOnlyList<DeclarationProblem> Hidden(KnownTypes types)
    {
        var problems = new List<DeclarationProblem>();
        PayloadAccess.Check(Result, Place, Target, types.Compilation.Assembly, types, problems);
        return [.. problems.Where(problem => problem.Kind == DeclarationProblemKind.PayloadNotAccessible)];
    }

    private static bool IsOpen(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol => true,
        IArrayTypeSymbol array => IsOpen(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(IsOpen) || (named.ContainingType is { } outer && IsOpen(outer)),
        _ => false,
    };

    private static SyntaxNode Called(SyntaxNode call) => call is not InvocationExpressionSyntax invocation ? call : invocation.Expression switch
    {
        MemberAccessExpressionSyntax member => member.Name,
        MemberBindingExpressionSyntax binding => binding.Name,
        var other => other,
    };
}
